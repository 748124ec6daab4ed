/**
 * Who is this, and how sure is it? Takes names, passwords, codes, passkeys, what a provider of identities elsewhere says,
 * cookies and tokens; hands back users, sessions and what about people two of them have decided. Never says which part
 * of a wrong sign-in was wrong, never keeps a password, a code or a token in the clear, and decides nothing about what a
 * user may do.
 */
@NullMarked
package org.sekisho.gateway.identity;

import org.jspecify.annotations.NullMarked;
