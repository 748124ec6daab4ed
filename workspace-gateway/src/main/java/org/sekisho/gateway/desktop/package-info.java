/**
 * The desktop's way to the browser: the Guacamole protocol between one viewer and a guacd that is not trusted. Takes
 * instructions from both sides; hands on drawing one way and input the other, written anew from what was understood.
 * Records what is shown, sealed. Never hands on a byte that it does not understand, nor anything but pixels outwards.
 */
@NullMarked
package org.sekisho.gateway.desktop;

import org.jspecify.annotations.NullMarked;
