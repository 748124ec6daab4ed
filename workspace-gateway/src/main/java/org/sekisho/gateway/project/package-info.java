/**
 * Projects and the permits that rule them: applications, decisions, versions, members, expiry. Takes applications,
 * gives permits as data, which the engine, the workspace and the checker enforce. Never sees data of persons.
 */
@NullMarked
package org.sekisho.gateway.project;

import org.jspecify.annotations.NullMarked;
