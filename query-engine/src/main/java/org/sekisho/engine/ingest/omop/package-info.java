/**
 * The OMOP common data model 5.4 as CSV, one file for each table, loose or in a zip archive. Columns are those of the
 * model; source values, notes and days of birth are dropped.
 */
@NullMarked
package org.sekisho.engine.ingest.omop;

import org.jspecify.annotations.NullMarked;
