/**
 * Replaces persons and facilities by keyed pseudonyms, and finds out which identifiers belong to one person.
 * Identifiers come in as text and leave as HMACs; keys live in files of their own that only the owner may read.
 * Never writes an identifier anywhere.
 */
@NullMarked
package org.sekisho.engine.pseudonym;

import org.jspecify.annotations.NullMarked;
