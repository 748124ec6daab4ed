/**
 * Who stands behind each cell, as the engine said it, and what follows from it beside everything that a project was ever
 * given. Takes the directory of a held result, gives {@link org.sekisho.checker.contribution.Statement}; a statement that
 * does not fit the result counts as none. Takes what a new table shows and the ledger of releases, gives the differences
 * that tell of few. Never says who.
 */
@NullMarked
package org.sekisho.checker.contribution;

import org.jspecify.annotations.NullMarked;
