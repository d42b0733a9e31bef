#include "engine/store/sqlite/table_salvage.h"

#include "engine/base/joined.h"

#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace engine {
namespace {

struct Finalize {
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement prepared(sqlite3 *database, const std::string &text)
{
    sqlite3_stmt *statement = nullptr;
    (void)sqlite3_prepare_v2(database, text.c_str(), -1, &statement, nullptr);
    return Statement(statement);
}

std::string textOf(sqlite3_stmt *row, int column)
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(row, column));
    return bytes ? bytes : "";
}

std::string quoted(const std::string &name) { return '"' + name + '"'; }

std::vector<std::string> columnsOf(sqlite3 *database, const std::string &table)
{
    std::vector<std::string> columns;
    const auto info =
        prepared(database, "select name from pragma_table_info('" + table + "') order by cid");
    while (sqlite3_step(info.get()) == SQLITE_ROW)
        columns.push_back(textOf(info.get(), 0));
    return columns;
}

/// By what a table is a tree: its row number, or else its primary key.
struct Key {
    std::vector<std::string> columns;
    bool isNumbers = true;
};

Key keyOf(sqlite3 *database, const std::string &table)
{
    if (prepared(database, "select rowid from " + quoted(table)))
        return {{"rowid"}};
    Key key;
    const auto info = prepared(database,
        "select name, type from pragma_table_info('" + table + "') where pk > 0 order by pk");
    while (sqlite3_step(info.get()) == SQLITE_ROW) {
        key.columns.push_back(quoted(textOf(info.get(), 0)));
        key.isNumbers = key.isNumbers && textOf(info.get(), 1) == "INTEGER";
    }
    return key;
}

/// A place in the tree; empty: before all, or behind all.
using Place = std::vector<std::int64_t>;

constexpr auto least = std::numeric_limits<std::int64_t>::min();

std::string words(const Place &place)
{
    std::vector<std::string> parts;
    for (const std::int64_t part : place) {
        if (part != least)
            parts.push_back(std::to_string(part));
    }
    return joined(parts);
}

struct Gap {
    Place after;
    Place before;

    std::string inWords() const
    {
        std::string text = after.empty() ? "from the beginning" : "after " + words(after);
        return text + (before.empty() ? " to the end" : " and before " + words(before));
    }
};

enum class Direction { Forward, Backward };

/// Reads forward until a page refuses, backward from the other end until one refuses, and looks for
/// what lies between by going into the middle, again and again.
class Salvage
{
public:
    Salvage(sqlite3 *from, sqlite3 *to, const std::string &table)
        : m_from(from)
        , m_to(to)
        , m_table(quoted(table))
        , m_key(keyOf(from, table))
    {
        const std::vector<std::string> wanted = columnsOf(to, table);
        for (const std::string &column : columnsOf(from, table)) {
            if (std::ranges::find(wanted, column) != wanted.end())
                m_columns.push_back(quoted(column));
        }
        const std::vector<std::string> marks(m_columns.size(), "?");
        m_insert = prepared(to, "insert or replace into " + m_table + " (" + joined(m_columns) +
                                    ") values (" + joined(marks) + ")");
    }

    Result<Salvaged> take()
    {
        if (m_insert && !m_key.columns.empty())
            between({}, {});
        if (!m_refusal.empty())
            return Error{ErrorCode::Unavailable, m_refusal, {}};
        for (const Gap &gap : m_gaps) {
            m_salvaged.gaps.push_back(m_key.isNumbers ? gap.inWords() : "somewhere");
            if (m_key.isNumbers && !gap.after.empty())
                m_salvaged.lastBeforeGaps.push_back(gap.after.front());
        }
        return m_salvaged;
    }

private:
    struct Read {
        bool whole = false; ///< as far as the bound, without damage
        std::optional<Place> first;
        std::optional<Place> last;
    };

    /// The bounds themselves are not wanted.
    void between(Place lower, Place upper)
    {
        const Read up = read(lower, upper, Direction::Forward);
        if (up.whole || isOver())
            return;
        const Read down = read(up.last.value_or(lower), upper, Direction::Backward);
        if (down.whole || isOver())
            return;
        within({up.last.value_or(lower), down.last.value_or(upper)});
    }

    /// At neither end of the gap anything can be read.
    void within(const Gap &gap)
    {
        if (!m_key.isNumbers)
            return note(gap);
        if (gap.before.empty())
            return gallop(gap.after);
        const auto middle = middleOf(gap);
        if (!middle)
            return note(gap);
        between(gap.after, *middle);
        Place justBefore = *middle;
        if (justBefore.back() != least)
            --justBefore.back(); // there may be a row in the middle itself
        between(justBefore, gap.before);
    }

    /// There is no end to look back from: farther and farther ahead.
    void gallop(const Place &after)
    {
        const std::int64_t begin = after.empty() ? 0 : after.front();
        for (std::int64_t step = 1; step < (std::int64_t{1} << 40) && !isOver(); step *= 2) {
            Place ahead(m_key.columns.size(), least);
            ahead.front() = begin + step;
            const Read found = read(ahead, {}, Direction::Forward);
            if (!found.last)
                continue;
            between(after, *found.first);
            if (!found.whole)
                gallop(*found.last);
            return;
        }
        note({after, {}});
    }

    /// Where the gap is cut in two, both of them smaller; nothing if that tells nothing new. A
    /// place with the least number as its second part is between two runs, and no row is there.
    std::optional<Place> middleOf(const Gap &gap) const
    {
        const bool isPair = m_key.columns.size() == 2;
        const std::int64_t low = gap.after.empty() ? 0 : gap.after.front();
        const std::int64_t high = gap.before.front();
        if (!isPair)
            return cut(low, high) ? std::optional(Place{*cut(low, high)}) : std::nullopt;
        if (high - low >= 2)
            return Place{low + (high - low) / 2, least};
        if (gap.before.back() == least)
            return std::nullopt;
        if (high - low == 1)
            return Place{high, least};
        const bool fromBegin = gap.after.empty() || gap.after.back() == least;
        const auto second = cut(fromBegin ? 0 : gap.after.back(), gap.before.back());
        return second ? std::optional(Place{high, *second}) : std::nullopt;
    }

    /// A number between both that has others on either side of it, or is one of only two.
    static std::optional<std::int64_t> cut(std::int64_t low, std::int64_t high)
    {
        if (high - low < 3)
            return std::nullopt; // the one number between has just been looked for
        return low + 1 + (high - low) / 2;
    }

    std::string query(const Gap &bounds, Direction direction) const
    {
        const std::string key = '(' + joined(m_key.columns) + ')';
        const std::string marks =
            '(' + joined(std::vector<std::string>(m_key.columns.size(), "?")) + ')';
        std::vector<std::string> order = m_key.columns;
        for (std::string &column : order)
            column += direction == Direction::Forward ? " asc" : " desc";
        std::string where;
        if (!bounds.after.empty())
            where = " where " + key + " > " + marks;
        if (!bounds.before.empty())
            where += (where.empty() ? " where " : " and ") + key + " < " + marks;
        return "select " + joined(m_columns) + ", " + joined(m_key.columns) + " from " + m_table +
               where + " order by " + joined(order);
    }

    Read read(const Place &lower, const Place &upper, Direction direction)
    {
        ++m_looks;
        // Bounds of words are never known: then all of it is read.
        const Gap bounds = m_key.isNumbers ? Gap{lower, upper} : Gap{};
        const Statement rows = prepared(m_from, query(bounds, direction));
        if (!rows)
            return {};
        int parameter = 0;
        for (const Place *bound : {&bounds.after, &bounds.before}) {
            for (const std::int64_t part : *bound)
                (void)sqlite3_bind_int64(rows.get(), ++parameter, part);
        }
        Read result;
        int code = sqlite3_step(rows.get());
        for (; code == SQLITE_ROW && m_refusal.empty(); code = sqlite3_step(rows.get())) {
            result.last = copy(rows.get());
            if (!result.first)
                result.first = result.last;
        }
        result.whole = code == SQLITE_DONE;
        return result;
    }

    Place copy(sqlite3_stmt *row)
    {
        const int columns = static_cast<int>(m_columns.size());
        for (int column = 0; column < columns; ++column)
            (void)sqlite3_bind_value(m_insert.get(), column + 1, sqlite3_column_value(row, column));
        if (sqlite3_step(m_insert.get()) != SQLITE_DONE)
            m_refusal = sqlite3_errmsg(m_to);
        (void)sqlite3_reset(m_insert.get());
        ++m_salvaged.rows;
        Place place;
        for (int part = 0; part < static_cast<int>(m_key.columns.size()); ++part)
            place.push_back(sqlite3_column_int64(row, columns + part));
        return place;
    }

    /// Gaps that touch are one.
    void note(const Gap &gap)
    {
        if (!m_gaps.empty() && !m_gaps.back().before.empty()) {
            const Place &end = m_gaps.back().before;
            if (gap.after < end || (gap.after == end && end.back() == least)) {
                m_gaps.back().before = gap.before;
                return;
            }
        }
        m_gaps.push_back(gap);
    }

    /// The other database refuses, or there is so much damage that looking on would take for ever.
    bool isOver()
    {
        if (m_looks < 200'000)
            return !m_refusal.empty();
        if (m_gaps.empty())
            m_gaps.emplace_back();
        return true;
    }

    sqlite3 *m_from;
    sqlite3 *m_to;
    std::string m_table;
    Key m_key;
    std::vector<std::string> m_columns;
    Statement m_insert;
    Salvaged m_salvaged;
    std::vector<Gap> m_gaps;
    std::string m_refusal;
    int m_looks = 0;
};

} // namespace

Result<Salvaged> salvage(sqlite3 *from, sqlite3 *to, const std::string &table)
{
    return Salvage(from, to, table).take();
}

} // namespace engine
