package org.sekisho.engine.worker;

import java.util.List;
import org.sekisho.engine.catalog.Table;

/** The first line that a worker reads from its standard input. Paths are those inside the sandbox. */
record WorkerSettings(String database, String socket, long memoryBytes, int threads, int lanes, List<Table> tables) {}
