package org.sekisho.gateway.job;

/** Which cell of how many runs, from 1. */
public record CellProgress(int cell, int of) {}
