package org.sekisho.checker;

/** A part of a file, in words that findings begin with. */
record Place(String ja, String en) {
    static final Place WHOLE = new Place("", "");

    static Place cell(int number) {
        return new Place("セル " + number, "cell " + number);
    }

    static Place page(int number) {
        return new Place(number + " ページ", "page " + number);
    }

    Place output(int number) {
        return new Place(ja + " 出力 " + number, en + ", output " + number);
    }

    Place line(int number) {
        return lines(number + "行", "" + number);
    }

    Place lines(String inJapanese, String inEnglish) {
        return new Place(join(ja, " ", inJapanese), join(en, ", ", "line " + inEnglish));
    }

    Message before(Message message) {
        return this.equals(WHOLE) ? message : new Message(ja + "：" + message.ja(), en + ": " + message.en());
    }

    private static String join(String before, String between, String after) {
        return before.isEmpty() ? after : before + between + after;
    }
}
