/**
 * Runs statements in one engine process per provision, sandboxed, reached through a UNIX socket. A provision and SQL
 * come in; a held Arrow file and a statement of contributions go out. What reaches the caller about a failure is a code,
 * a position and words of our own: never text of the engine, which may quote data.
 */
@NullMarked
package org.sekisho.engine.worker;

import org.jspecify.annotations.NullMarked;
