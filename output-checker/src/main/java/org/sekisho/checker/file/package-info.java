/**
 * Files in and out: reads Arrow and CSV into tables within stated bounds, writes the one canonical CSV that may leave.
 * Nothing is passed through: what leaves was written here, value by value.
 */
@NullMarked
package org.sekisho.checker.file;

import org.jspecify.annotations.NullMarked;
