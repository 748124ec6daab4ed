package org.sekisho.engine.vault;

import org.sekisho.engine.catalog.Dataset;

/** What {@code snapshot.json} holds. */
record StoredSnapshot(Snapshot snapshot, Dataset dataset) {}
