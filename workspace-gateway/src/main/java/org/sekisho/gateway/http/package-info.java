/**
 * Routes and replies. Takes HTTP requests; asks identity, access, the log and the feature packages; gives JSON,
 * files, pages, and problems (RFC 9457). Holds no policy: it parses, asks and answers. No stack trace, file path or
 * data value leaves through it, and nothing is served that is not in the table of routes.
 */
@NullMarked
package org.sekisho.gateway.http;

import org.jspecify.annotations.NullMarked;
