/**
 * Watches the log and tells security. Takes entries of the log, in their order, and rules that are data; gives alerts
 * that stay until somebody acknowledges them, measures that a policy asked for, and how much each person and project
 * used. Never in the way of an act, never a data value in an alert, never a measure that one act cannot undo.
 */
@NullMarked
package org.sekisho.gateway.alert;

import org.jspecify.annotations.NullMarked;
