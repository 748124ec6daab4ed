package org.sekisho.gateway.job;

import java.util.List;

/**
 * The cells with code of a notebook, counted from 1.
 *
 * @param all how many there are
 * @param run the numbers of those that run, ascending: not the empty ones, and not those with the tag {@code
 *     skip-execution}
 */
public record NotebookCells(int all, List<Integer> run) {}
