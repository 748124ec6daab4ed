package org.sekisho.gateway.desktop;

/** Takes down what a viewer is shown. Safe for several threads. */
interface Recorder {
    /** Where the permit asks for none. */
    Recorder NONE = new Recorder() {
        @Override
        public void write(String wire) {}

        @Override
        public void pointer(Instruction mouse) {}

        @Override
        public void close() {}
    };

    /**
     * Whole instructions, before they are sent. When this returns the operating system has them.
     *
     * @throws RecordingUnwritable when it cannot: nothing may be shown then
     */
    void write(String wire);

    /** Where the mouse is now; goes down with what is shown next. */
    void pointer(Instruction mouse);

    /** Seals it. The second time does nothing. */
    void close();
}
