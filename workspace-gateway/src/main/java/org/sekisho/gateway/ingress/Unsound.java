package org.sekisho.gateway.ingress;

import java.io.IOException;

/** Ends the reading of an archive that is not taken, with the words for it. */
final class Unsound extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Remark remark;

    Unsound(String ja, String en) {
        super(en);
        remark = Remark.refuse(ja, en);
    }

    Remark remark() {
        return remark;
    }
}
