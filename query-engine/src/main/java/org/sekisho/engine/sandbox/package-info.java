/**
 * What keeps a process from the rest of the machine, for engine workers and for whoever else starts what is not
 * trusted. Says what this machine gives; must never promise a wall that it has not tried.
 */
@NullMarked
package org.sekisho.engine.sandbox;

import org.jspecify.annotations.NullMarked;
