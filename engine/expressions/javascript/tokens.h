#pragma once

#include <QString>

#include <algorithm>
#include <vector>

namespace engine {

enum class TokenKind { Word, Number, String, Template, Regex, Punctuator };

/// A piece of JavaScript; comments and white space are left out.
struct Token {
    TokenKind kind = TokenKind::Punctuator;
    QStringView text;
    int position = 0; ///< in UTF-16 units
};

/// The pieces of `source`, which must outlive them. Never fails: what cannot be read is a
/// punctuator of one character, and the parser will say so. A `/` after `}` is read as a division;
/// it may be another thing after a block.
std::vector<Token> tokensOf(QStringView source);
/// The word in front of the parentheses that end with token `closing`; empty if there is none.
QStringView wordBefore(const std::vector<Token> &tokens, std::size_t closing);
/// Whether `word` is reserved or a literal (`return`, `true`), so that it never is a name.
bool isReserved(QStringView word);

/// Whether `text` is one of `choices`, an array of QLatin1String.
template<typename Choices>
bool isOneOf(QStringView text, const Choices &choices)
{
    return std::ranges::any_of(choices, [&](QLatin1String choice) { return text == choice; });
}

} // namespace engine
