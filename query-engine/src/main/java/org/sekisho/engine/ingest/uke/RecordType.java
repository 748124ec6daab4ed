package org.sekisho.engine.ingest.uke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of records of a medical receipt file, their number of fields with the record's id, and the formats that are
 * checked. A format with {@code !} must be there. Source: the ministry's recording conditions for electronic claims.
 */
enum RecordType {
    UK(0, ""),
    IR(10, "1:審査支払機関:COUNT! 2:都道府県:PREFECTURE! 3:点数表:COUNT! 4:医療機関コード:SEVEN! 7:請求年月:MONTH! 8:マルチボリューム識別:COUNT"),
    RE(38, "1:レセプト番号:SERIAL! 2:レセプト種別:FOUR! 3:診療年月:MONTH! 5:男女区分:SEX! 6:生年月日:DATE! 8:入院年月日:DATE"),
    HO(15, "1:保険者番号:PAYER! 4:診療実日数:COUNT 5:合計点数:COUNT! 7:食事回数:COUNT 8:食事金額:COUNT 11:負担金額:COUNT"),
    KO(12, "1:負担者番号:PAYER! 4:診療実日数:COUNT 5:合計点数:COUNT 6:公費負担額:COUNT 7:外来一部負担金:COUNT 8:入院一部負担金:COUNT"),
    SN(9, "1:負担者種別:BURDEN! 2:確認区分:CLASS"),
    SY(8, "1:傷病名コード:SEVEN! 2:診療開始日:DATE! 3:転帰区分:COUNT 4:修飾語コード:MODIFIERS 6:主傷病:MAIN"),
    SI(44, "1:診療識別:CLASS 2:負担区分:BURDEN 3:診療行為コード:NINE! 4:数量:NUMBER 5:点数:COUNT 6:回数:COUNT") {
        @Override
        int firstDay() {
            return 13;
        }
    },
    IY(44, "1:診療識別:CLASS 2:負担区分:BURDEN 3:医薬品コード:NINE! 4:使用量:NUMBER 5:点数:COUNT 6:回数:COUNT") {
        @Override
        int firstDay() {
            return 13;
        }
    },
    TO(
            48,
            "1:診療識別:CLASS 2:負担区分:BURDEN 3:特定器材コード:NINE! 4:使用量:NUMBER 5:点数:COUNT 6:回数:COUNT 7:単位コード:COUNT"
                    + " 8:単価:NUMBER") {
        @Override
        int firstDay() {
            return 17;
        }
    },
    CO(5, "1:診療識別:CLASS 2:負担区分:BURDEN 3:コメントコード:NINE!"),
    SJ(3, "1:症状詳記区分:CLASS"),
    GO(4, "1:総件数:COUNT! 2:総合計点数:COUNT! 3:マルチボリューム識別:END!");

    private static final Map<String, RecordType> BY_ID = new HashMap<>();

    static {
        for (var type : values()) {
            BY_ID.put(type.name(), type);
        }
    }

    /** A field that is checked. */
    record Field(int index, String name, FieldFormat format, boolean required) {}

    private final int fields;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, in the constructor
    private final List<Field> checked = new ArrayList<>();

    RecordType(int fields, String formats) {
        this.fields = fields;
        for (var declared : formats.isEmpty() ? new String[0] : formats.split(" ")) {
            var part = declared.split(":");
            var required = part[2].endsWith("!");
            checked.add(new Field(
                    Integer.parseInt(part[0]), part[1], FieldFormat.valueOf(part[2].replace("!", "")), required));
        }
    }

    static @Nullable RecordType of(String id) {
        return BY_ID.get(id);
    }

    /** 0 where the number is not checked. */
    int fields() {
        return fields;
    }

    List<Field> checked() {
        return checked;
    }

    /** Index of the count for day 1 of the month, followed by 30 more; 0 where there are none. */
    int firstDay() {
        return 0;
    }

    /** What a field is called in a refusal. */
    String fieldName(int index) {
        return checked.stream()
                .filter(f -> f.index() == index)
                .map(f -> name() + " " + index + " " + f.name())
                .findFirst()
                .orElse(name() + " " + index);
    }
}
