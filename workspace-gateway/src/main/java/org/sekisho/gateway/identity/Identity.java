package org.sekisho.gateway.identity;

/** Accounts and sessions over one store. */
public record Identity(Accounts accounts, Sessions sessions) {}
