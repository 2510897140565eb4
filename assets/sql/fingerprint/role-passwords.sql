-- Run only where pg_authid may be read: not on RDS, not on Managed Service for TimescaleDB.
SELECT format('role %I', rolname), 'password digest', encode(sha256(convert_to(:'salt' || rolpassword, 'UTF8')), 'hex')
FROM pg_authid
WHERE oid = ANY (:'needed_roles'::oid[]);
