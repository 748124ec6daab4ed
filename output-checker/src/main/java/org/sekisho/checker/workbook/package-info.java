/**
 * Workbooks (Office Open XML, .xlsx): reads the values of the visible sheets within stated bounds, and says what else a
 * workbook holds: hidden sheets, comments, names, links, macros, pictures. Takes a file, gives tables; no formula is
 * computed, and nothing of the workbook itself is passed on.
 */
@NullMarked
package org.sekisho.checker.workbook;

import org.jspecify.annotations.NullMarked;
