import { prodWith, problemsOf, problemWith } from "./prod-with";

test.each([
  ["target.packages", "apt", /none of the values/, /"vendor", "distribution" or "preinstalled"/],
  [
    "target.packageSources.distributionMirror",
    "http://archive.ubuntu.com/ubuntu",
    /plain HTTP/,
    /"https:\/\/archive\.ubuntu\.com\/ubuntu" if there is one/,
  ],
  [
    "target.packageSources.postgresql.url",
    "https://apt.example.com/",
    /slash/,
    /Write "https:\/\/apt\.example\.com"/,
  ],
  ["target.packageSources.postgresql.url", "https://apt.example.com:8443/pg", /port 443 only/, /HTTPS URL/],
  ["target.packageSources.postgresql.url", "https://me@apt.example.com/pg", /has a user/, /HTTPS URL/],
  ["target.packageSources.timescaledb.url", "packagecloud.io/timescale", /no plain HTTPS URL/, /HTTPS URL/],
  ["target.packageSources.timescaledb.url", "https://a.example/$(id)", /no plain HTTPS URL/, /HTTPS URL/],
  [
    "target.packageSources.timescaledb.keyUrl",
    "https://a.example/key?v=1",
    /no plain HTTPS/,
    /without .*query/,
  ],
  ["target.packageSources.timescaledb.suite", "noble main", /no name of a suite/, /"noble"/],
  ["target.packageSources.postgresql.component", "main 16", /no name of a component/, /"main"/],
  ["target.packageSources.postgresql.keyFingerprint", "7FCC7D46ACCC4CF8", /key's id, not/, /40 digits/],
  ["target.packageSources.postgresql.keyFingerprint", "ACCC4CF8.asc", /no fingerprint/, /40 digits/],
  [
    "target.packageSources.postgresql.keyFingerprint",
    "b97b 0afc aa1a 47f0 44f2  44a0 7fcc 7d46 accc 4cf8",
    /another spelling/,
    /Write "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8"/,
  ],
])("%s refuses %p, saying why and what to write", (key, value, why, remedy) => {
  expect(problemWith({ [key]: value })).toEqual({
    key: `prod.${key}`,
    value: JSON.stringify(value),
    why: expect.stringMatching(why),
    remedy: expect.stringMatching(remedy),
  });
});

test.each([
  ["target.packages", "distribution"],
  ["target.packages", "preinstalled"],
  ["target.packageSources.distributionMirror", "https://mirror.example.com"],
  ["target.packageSources.postgresql.suite", "noble-pgdg/16"],
])("%s accepts %p", (key, value) => {
  expect(problemsOf(prodWith({ [key]: value }))).toEqual([]);
});
