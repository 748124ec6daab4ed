package org.sekisho.gateway.workspace;

import org.sekisho.engine.catalog.Text;

/**
 * How far something is.
 *
 * @param percent 0 to 100
 */
public record Progress(Text words, int percent) {}
