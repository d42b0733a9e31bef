#include "app/command_line/table.h"

#include <algorithm>

namespace app {

namespace {

/// Not the second, third or fourth byte of a character.
bool beginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }

} // namespace

std::size_t charactersIn(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, beginsCharacter));
}

std::string shortened(std::string_view written, std::size_t most)
{
    const std::string text = oneLine(written);
    std::string line;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (beginsCharacter(text[i]) && characters++ == most - 1 &&
            charactersIn(std::string_view(text).substr(i)) > 1)
            return line + "…";
        line += text[i];
    }
    return line;
}

std::string oneLine(std::string_view text)
{
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if (byte < 0x20 || byte == 0x7f) {
            line += ' ';
        } else if (byte == 0xc2 && next >= 0x80 && next < 0xa0) { // the second set of them
            line += ' ';
            ++i;
        } else {
            line += text[i];
        }
    }
    return line;
}

std::string withoutControls(std::string_view text)
{
    std::string clean;
    for (;;) {
        const auto end = text.find('\n');
        clean += oneLine(text.substr(0, end));
        if (end == std::string_view::npos)
            return clean;
        clean += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string labelled(std::string_view label, std::string_view value)
{
    constexpr std::size_t width = 12;
    if (value.empty())
        return {};
    return "  " + std::string(label) + std::string(width - label.size(), ' ') + oneLine(value) +
           "\n";
}

void Table::add(std::vector<std::string> row)
{
    for (std::string &cell : row)
        cell = oneLine(cell);
    m_rows.push_back(std::move(row));
}

std::string Table::text(std::string_view indent) const
{
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto &row : m_rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], charactersIn(row[i]));
    std::string text;
    for (const auto &row : m_rows) {
        std::string line(indent);
        for (std::size_t i = 0; i < row.size(); ++i)
            line += row[i] + std::string(widths[i] - charactersIn(row[i]) + 2, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace app
