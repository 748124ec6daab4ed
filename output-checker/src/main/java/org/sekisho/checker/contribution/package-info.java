/**
 * Who stands behind each cell, as the engine said it: reads the statement of contributions and its figures. Takes the
 * directory of a held result, gives {@link org.sekisho.checker.contribution.Statement}; a statement that does not fit
 * the result counts as none.
 */
@NullMarked
package org.sekisho.checker.contribution;

import org.jspecify.annotations.NullMarked;
