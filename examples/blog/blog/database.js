import { closeSync, openSync, rmSync } from 'node:fs'

const schema = `
CREATE TABLE IF NOT EXISTS users (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, password TEXT NOT NULL,
  role TEXT NOT NULL, avatar TEXT, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posts (
  id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users(id), title TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL DEFAULT '', published TEXT, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS comments (
  id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES posts(id),
  author INTEGER NOT NULL REFERENCES users(id), body TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pictures (
  id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES users(id),
  key TEXT NOT NULL UNIQUE, upload TEXT NOT NULL, bytes INTEGER NOT NULL, alt TEXT NOT NULL DEFAULT '', post INTEGER REFERENCES posts(id),
  comment INTEGER REFERENCES comments(id), created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS events (
  id INTEGER PRIMARY KEY, time TEXT NOT NULL, accepted INTEGER NOT NULL, code TEXT, name TEXT, role TEXT,
  bytesIn INTEGER, bytesOut INTEGER, ms INTEGER NOT NULL, renderMs INTEGER);
CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, data TEXT NOT NULL, expires INTEGER NOT NULL);
`

/**
 * Opens the file, or makes it: by the SQLite of Node where it has one (22.13 and later), else in WebAssembly.
 * Neither has native parts to be built. All of it is synchronous, so nothing of another request comes in
 * between.
 * @param {string} file
 * @param {{ alone?: boolean }} [options] alone: no other process has it, so a lock is one that a crash has
 * left
 */
export async function openDatabase(file, { alone = false } = {}) {
  // SQLite would make it readable for everybody: there are password hashes in it.
  closeSync(openSync(file, 'a', 0o600))
  if (alone) rmSync(`${file}.lock`, { recursive: true, force: true })
  const engine = (await openNative(file)) ?? (await openWasm(file))
  engine.exec('PRAGMA foreign_keys = ON')
  engine.exec(schema)
  return {
    all: (sql, ...values) => engine.all(sql, values),
    get: (sql, ...values) => engine.all(sql, values)[0],
    /** All of it, or nothing. */
    transaction(work) {
      engine.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        engine.exec('COMMIT')
        return result
      } catch (thrown) {
        engine.exec('ROLLBACK')
        throw thrown
      }
    },
    /** A whole copy as of this moment, into a file that is not there yet. */
    copyTo: path => engine.all('VACUUM INTO ?', [path]),
    close: () => engine.close(),
  }
}

async function openNative(file) {
  const sqlite = process.getBuiltinModule?.('node:sqlite')
  if (sqlite === undefined) return undefined
  const database = new sqlite.DatabaseSync(file)
  return {
    exec: sql => database.exec(sql),
    all: (sql, values) => database.prepare(sql).all(...values),
    close: () => database.close(),
  }
}

async function openWasm(file) {
  const { default: sqlite } = await import('node-sqlite3-wasm')
  const database = new sqlite.Database(file)
  return {
    exec: sql => database.exec(sql),
    all: (sql, values) => database.all(sql, values),
    close: () => database.close(),
  }
}

/** Of now, as all rows have it: UTC, ISO 8601. */
export const now = () => new Date().toISOString()
