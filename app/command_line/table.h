#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Rows in aligned columns, two blanks apart, under a head in capitals; for a terminal.
class Table
{
public:
    explicit Table(std::vector<std::string> head) { m_rows.push_back(std::move(head)); }

    void add(std::vector<std::string> row);
    bool isEmpty() const { return m_rows.size() == 1; }
    /// One line a row, each begun with `indent`.
    std::string text(std::string_view indent = {}) const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

/// `  label       value`, or nothing without a value.
std::string labelled(std::string_view label, std::string_view value);
/// Without what a terminal would obey: control characters are blanks.
std::string oneLine(std::string_view text);
/// The same, of text that may have several lines.
std::string withoutControls(std::string_view text);
/// How many characters a UTF-8 text has.
std::size_t charactersIn(std::string_view text);
/// At most `most` characters, the last of them an ellipsis if something is left out; on one line.
std::string shortened(std::string_view text, std::size_t most);

} // namespace app
