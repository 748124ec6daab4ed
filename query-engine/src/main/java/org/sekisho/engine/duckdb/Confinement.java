package org.sekisho.engine.duckdb;

/**
 * What an opened database may use.
 *
 * @param connections how many sessions can be had at one time; all are made before the configuration is locked
 */
public record Confinement(long memoryBytes, int threads, int connections) {}
