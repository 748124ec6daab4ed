/**
 * The week of security on paper. Takes entries of the log, alerts, usage and permits; gives one PDF in one language.
 * What is counted is a pure function of the entries. Names and numbers alone: never a data value, a title that somebody
 * gave, or a note.
 */
@NullMarked
package org.sekisho.gateway.report;

import org.jspecify.annotations.NullMarked;
