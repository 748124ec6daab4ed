package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.table.Measure.Kind;

class WideColumnsTest {
    private static final List<List<Long>> COUNTS =
            List.of(List.of(120L, 80L, 400L), List.of(3L, 95L, 410L), List.of(150L, 4L, 420L));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4月,5月,6月",
                "１月,２月,３月",
                "令和元年度,令和2年度,令和3年度",
                "平成31年,令和2年,令和3年",
                "2019年,2020年,2021年",
                "2020年1月,2020年2月,2020年3月",
                "year_2020,year_2021,year_2022",
                "week 1,week 2,week 3",
                "1st quarter,2nd quarter,3rd quarter",
                "age 65-74,age 75-84,age 85+",
                "age 65-74,age 75-84,age 85 and over",
                "年齢65歳未満,年齢65-74歳,年齢75歳以上",
                "sex_m,sex_f,sex_unknown",
                "性別(男),性別(女),性別(不明)",
                "group A,group B,group C",
                "type 1,type 2,type 3",
                "区分A,区分B,区分C"
            })
    void columnsNamedByTheValuesOfOneCategoryCount(String names) {
        assertThat(roles("地域," + names + ",計", words("A", "B", "C"), COUNTS, List.of(List.of(273L, 179L, 1230L))))
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT, Kind.COUNT);
        assertThat(roles("地域," + names, words("A", "B", "C"), COUNTS))
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT);
        assertThat(roles("地域," + names, words("A", "A", "A"), COUNTS))
                .as("where rows have the same label")
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"令和2年度", "4月", "2019年", "year_2020"})
    void oneColumnNamedByAYearOrAMonthCounts(String name) {
        assertThat(roles("地域," + name, words("A", "B", "C"), COUNTS.subList(0, 1)))
                .containsExactly(Kind.KEY, Kind.COUNT);
    }

    @Test
    void columnsThatAddUpToAnotherOneCount() {
        assertThat(roles(
                        "地域,0-64歳,65歳以上,年齢計",
                        words("A", "B"),
                        List.of(List.of(120L, 80L), List.of(3L, 95L), List.of(123L, 175L))))
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT);
        assertThat(roles(
                        "x,area_north,area_south,area_all",
                        words("A", "B"),
                        List.of(List.of(120L, 80L), List.of(3L, 95L), List.of(123L, 175L))))
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT);
        assertThat(roles(
                        "x,all ages,age young,age old",
                        words("A", "B"),
                        List.of(List.of(123L, 175L), List.of(120L, 80L), List.of(3L, 95L))))
                .containsExactly(Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.COUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefecture_code,municipality_code,n",
                "pref_code,mun_code,n",
                "都道府県コード,市区町村コード,患者数",
                "year,month,n",
                "年度,月,件数",
                "age,sex,n",
                "年齢,性別,患者数",
                "birth_year,death_year,n",
                "age_from,age_to,n",
                "level 1,level 2,n",
                "chapter 1,chapter 2,n",
                "region_1,region_2,n",
                "年齢5歳階級,年齢10歳階級,n",
                "facility_id,category,n"
            })
    void keysThatAreCodedInNumbersStayKeys(String names) {
        assertThat(roles(
                        names, List.of(List.of(1L, 1L, 2L, 2L), List.of(1L, 2L, 1L, 2L), List.of(120L, 80L, 400L, 9L))))
                .containsExactly(Kind.KEY, Kind.KEY, Kind.COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"year", "年度", "月", "age", "年齢", "sex", "性別", "区分", "市区町村コード", "icd10", "年齢5歳階級"})
    void oneKeyThatIsCodedInNumbersStaysAKey(String name) {
        assertThat(roles(name + ",n", List.of(List.of(1L, 2L, 3L), List.of(120L, 80L, 400L))))
                .containsExactly(Kind.KEY, Kind.COUNT);
    }

    /** 1 + 1 = 2, 1 + 2 = 3, and so on: in a single row that tells, or with a code among them, it is chance. */
    @Test
    void keysDoNotCountBecauseOneRowAddsUp() {
        assertThat(roles("sex,age,n", List.of(List.of(1L, 2L), List.of(20L, 30L), List.of(21L, 400L))))
                .containsExactly(Kind.KEY, Kind.KEY, Kind.COUNT);
    }

    private static List<Kind> roles(String names, List<List<Long>> numbers) {
        return roles(names, null, numbers, List.of());
    }

    private static List<Kind> roles(String names, Column words, List<List<Long>> numbers) {
        return roles(names, words, numbers, List.of());
    }

    private static List<Kind> roles(
            String names, @Nullable Column words, List<List<Long>> numbers, List<List<Long>> more) {
        var columns = new ArrayList<Column>();
        if (words != null) {
            columns.add(words);
        }
        Stream.concat(numbers.stream(), more.stream())
                .forEach(values -> columns.add(whole(names.split(",")[columns.size()], values)));
        return Guess.roles(new Table(columns, numbers.getFirst().size())).stream()
                .map(Measure::kind)
                .toList();
    }

    private static Column words(String... labels) {
        return new Column.Words("地域", List.of(labels));
    }

    private static Column whole(String name, List<Long> values) {
        var exact = values.stream().mapToLong(Long::longValue).toArray();
        return new Column.Numbers(name, Arrays.stream(exact).asDoubleStream().toArray(), new BitSet(), exact);
    }
}
