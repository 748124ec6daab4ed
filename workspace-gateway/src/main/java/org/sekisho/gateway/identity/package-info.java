/**
 * Who is this? Takes names, passwords, cookies and tokens; hands back users and sessions. Never says which part of a
 * wrong sign-in was wrong, never keeps a password or a token in the clear, and decides nothing about what a user may
 * do.
 */
@NullMarked
package org.sekisho.gateway.identity;

import org.jspecify.annotations.NullMarked;
