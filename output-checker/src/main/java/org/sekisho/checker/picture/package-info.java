/**
 * Pictures that may leave. Takes the bytes of a PNG or JPEG, checks what they claim before anything is decoded, decodes
 * the pixels alone, and encodes those anew with their low bits gone. Nothing of the old bytes is passed on.
 */
@NullMarked
package org.sekisho.checker.picture;

import org.jspecify.annotations.NullMarked;
