import { bootSettings } from "../../../lib/host/boot/settings";
import { environments } from "../../../bin/environments";
import { validateEnvironment } from "../../../lib/config/validate";

const prod = validateEnvironment(environments.prod);
const deployed = {
  volumeId: "vol-0123456789abcdef0",
  signal: { stack: "timescale-cutover-prod-host", resource: "BootSignal" },
};

describe("the boot's settings", () => {
  const settings = bootSettings(prod, deployed);

  test("are the plan's versions and places", () => {
    expect(settings).toMatchObject({
      VOLUME_ID: "vol-0123456789abcdef0",
      DATA_MOUNT: "/var/lib/postgresql",
      MAJOR: "16",
      POSTGRESQL_VERSION: "16.10",
      POSTGIS_VERSION: "3.5.2",
      TIMESCALEDB_VERSION: "2.18.2",
      REPOSITORY_NAME: "pg-backrest.timescale.glimpse.internal",
      REPOSITORY_ADDRESS: "172.31.203.209",
      REPOSITORY_SSH_PORT: "22",
      STANZA: "tracker-ts",
      PACKAGES: "vendor",
    });
  });

  test("name secrets, and never an ARN or a value", () => {
    expect(settings["REPO3_PASS_SECRET"]).toBe("placeholder/prod/pgbackrest/repo3-cipher-pass");
    expect(settings["REPO2_PASS_SECRET"]).toBe("");
    expect(Object.values(settings).filter((value) => value.startsWith("arn:"))).toEqual([]);
  });

  test("take archived PostgreSQL from the archive suite, each source with its pinned key", () => {
    expect(settings).toMatchObject({
      POSTGRESQL_SOURCE_URL: "https://apt-archive.postgresql.org/pub/repos/apt",
      POSTGRESQL_SOURCE_SUITE: "noble-pgdg-archive",
      POSTGRESQL_SOURCE_KEY_FINGERPRINT: "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8",
      TIMESCALEDB_SOURCE_KEY_FINGERPRINT: "1005FB68604CE9B8F6879CF759F18EDF47F24417",
    });
  });
});
