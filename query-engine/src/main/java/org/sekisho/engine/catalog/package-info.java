/**
 * What a data set is made of: tables, columns, and what each column means for a person's privacy.
 * Plain values that serialise to JSON; knows neither files nor databases.
 */
@NullMarked
package org.sekisho.engine.catalog;

import org.jspecify.annotations.NullMarked;
