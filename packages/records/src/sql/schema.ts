/**
 * The tables, in words that SQLite and Postgres both read. A file has one row by its key, so that no two uploads can
 * claim it; of a job, one upload is confirmed at most.
 */
export const schema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS sluice_uploads (
    id TEXT PRIMARY KEY,
    job TEXT,
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'removed')),
    bytes BIGINT NOT NULL,
    input TEXT NOT NULL,
    policy_version TEXT NOT NULL,
    codec_version TEXT NOT NULL,
    notes TEXT NOT NULL,
    opened BIGINT NOT NULL,
    confirmed BIGINT,
    due BIGINT
  )`,
  `CREATE TABLE IF NOT EXISTS sluice_files (
    key TEXT PRIMARY KEY,
    upload TEXT NOT NULL REFERENCES sluice_uploads (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS sluice_files_upload ON sluice_files (upload)',
  'CREATE INDEX IF NOT EXISTS sluice_uploads_owner ON sluice_uploads (owner, state, bytes)',
  'CREATE INDEX IF NOT EXISTS sluice_uploads_state ON sluice_uploads (state, due, opened)',
  `CREATE UNIQUE INDEX IF NOT EXISTS sluice_uploads_job ON sluice_uploads (job) WHERE state = 'confirmed'`,
]
