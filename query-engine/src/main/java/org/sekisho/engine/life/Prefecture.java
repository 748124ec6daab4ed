package org.sekisho.engine.life;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the 47 prefectures.
 *
 * @param code JIS X 0401
 * @param thousands inhabitants in thousands (census of 2020, rounded)
 * @param perMillion how many of a million insured of the imagined holder live there
 */
record Prefecture(int code, String ja, String en, int thousands, int perMillion) {
    /**
     * The imagined holder insures people of Tokai and Kansai. Some have moved away: many to the large cities, a few to
     * far and small prefectures, which is why small cells are common.
     */
    static final List<Prefecture> ALL = parse("""
            1 北海道 Hokkaido 5225 1900
            2 青森県 Aomori 1238 60
            3 岩手県 Iwate 1211 45
            4 宮城県 Miyagi 2302 700
            5 秋田県 Akita 960 35
            6 山形県 Yamagata 1068 55
            7 福島県 Fukushima 1833 300
            8 茨城県 Ibaraki 2867 800
            9 栃木県 Tochigi 1933 500
            10 群馬県 Gunma 1939 450
            11 埼玉県 Saitama 7345 4200
            12 千葉県 Chiba 6284 4000
            13 東京都 Tokyo 14048 19000
            14 神奈川県 Kanagawa 9237 9000
            15 新潟県 Niigata 2201 600
            16 富山県 Toyama 1035 1100
            17 石川県 Ishikawa 1133 1700
            18 福井県 Fukui 767 1900
            19 山梨県 Yamanashi 810 350
            20 長野県 Nagano 2048 2400
            21 岐阜県 Gifu 1979 72000
            22 静岡県 Shizuoka 3633 88000
            23 愛知県 Aichi 7542 268000
            24 三重県 Mie 1770 64000
            25 滋賀県 Shiga 1414 42000
            26 京都府 Kyoto 2578 76000
            27 大阪府 Osaka 8838 186000
            28 兵庫県 Hyogo 5465 103000
            29 奈良県 Nara 1324 29000
            30 和歌山県 Wakayama 923 17000
            31 鳥取県 Tottori 553 65
            32 島根県 Shimane 671 50
            33 岡山県 Okayama 1888 2100
            34 広島県 Hiroshima 2800 2300
            35 山口県 Yamaguchi 1342 450
            36 徳島県 Tokushima 720 500
            37 香川県 Kagawa 950 700
            38 愛媛県 Ehime 1335 380
            39 高知県 Kochi 692 70
            40 福岡県 Fukuoka 5135 2600
            41 佐賀県 Saga 811 55
            42 長崎県 Nagasaki 1312 250
            43 熊本県 Kumamoto 1738 400
            44 大分県 Oita 1124 210
            45 宮崎県 Miyazaki 1070 75
            46 鹿児島県 Kagoshima 1588 260
            47 沖縄県 Okinawa 1467 320
            """);

    static final int PER_MILLION_SUM =
            ALL.stream().mapToInt(Prefecture::perMillion).sum();

    private static List<Prefecture> parse(String lines) {
        var all = new ArrayList<Prefecture>();
        for (var line : lines.lines().toList()) {
            var field = line.split(" ");
            all.add(new Prefecture(
                    Integer.parseInt(field[0]),
                    field[1],
                    field[2],
                    Integer.parseInt(field[3]),
                    Integer.parseInt(field[4])));
        }
        return List.copyOf(all);
    }

    /** Two digits. */
    String jis() {
        return "%02d".formatted(code);
    }
}
