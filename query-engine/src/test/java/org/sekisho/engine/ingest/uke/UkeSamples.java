package org.sekisho.engine.ingest.uke;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.sekisho.engine.ingest.source.SourceBytes;

/** Receipt files made by hand: two patients, every kind of record, a trailer that agrees. */
final class UkeSamples {
    private static final Charset CP932 = Charset.forName("windows-31j");

    private UkeSamples() {}

    static List<String> lines() {
        return new ArrayList<>(List.of(
                "IR,1,12,1,1234567,,関所病院,202111,00,0312345678",
                re("1", "1112", "1", "19800229", "関所　一郎", "セキショイチロウ"),
                "HO,06010016,１２,３４５,2,1300,,,,,,390,,,",
                "KO,54136015,1234567,,2,1300,2500,,,,,",
                "SN,1,01,,,,00,,",
                "SY,8848176,20210914,1,8002,,01,",
                "SY,0000999,4330401,1,,自由な病名,,",
                items("SI", "11", "111000110", "", "288", 44, 13, 3),
                items("IY", "", "620004422", "2.5", "", 44, 13, 4),
                items("TO", "40", "700000001", "1", "80", 48, 17, 4),
                "CO,40,1,810000001,自由な文",
                "SJ,01,自由な症状",
                re("2", "1111", "2", "3551231", "関所　花子", ""),
                "KO,12136015,7654321,,31,45000,,,,,,",
                items("SI", "90", "190117710", "", "1500", 44, 13, 31),
                "GO,3,46300,99"));
    }

    static SourceBytes file(List<String> lines) {
        return file("sample.UKE", lines);
    }

    static SourceBytes file(String name, List<String> lines) {
        return new SourceBytes(
                name,
                lines.stream().collect(Collectors.joining("\r\n", "", "\r\n")).getBytes(CP932));
    }

    static String re(String number, String type, String sex, String born, String name, String kana) {
        var fields = new String[38];
        Arrays.fill(fields, "");
        fields[0] = "RE";
        fields[1] = number;
        fields[2] = type;
        fields[3] = "202110";
        fields[4] = name;
        fields[5] = sex;
        fields[6] = born;
        fields[8] = type.endsWith("1") ? "20211001" : "";
        fields[13] = "00697";
        fields[36] = kana;
        return String.join(",", fields);
    }

    private static String items(
            String type, String serviceClass, String code, String quantity, String points, int width, int day, int on) {
        var fields = new String[width];
        Arrays.fill(fields, "");
        fields[0] = type;
        fields[1] = serviceClass;
        fields[2] = "1";
        fields[3] = code;
        fields[4] = quantity;
        fields[5] = points;
        fields[6] = "1";
        fields[day + on - 1] = "1";
        return String.join(",", fields);
    }
}
