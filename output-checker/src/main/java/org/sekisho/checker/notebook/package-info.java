/**
 * Notebooks (nbformat 4), without the JSON: reads one within stated bounds into cells and outputs of known kinds, and
 * writes one anew that holds nothing else. Metadata, attachments, identifiers and what is not understood are counted, and
 * left behind.
 */
@NullMarked
package org.sekisho.checker.notebook;

import org.jspecify.annotations.NullMarked;
