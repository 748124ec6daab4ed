package org.sekisho.engine.worker;

/**
 * What the gateway asks of a worker.
 *
 * @param plan false: run the statement; true: say which statements tell who contributed to it
 */
record Request(String sql, boolean plan, long millis, long resultRows, long resultBytes) {}
