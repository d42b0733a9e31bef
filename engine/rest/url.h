#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// What `+` means: itself in a path, a space in a form.
enum class PlusSign { Plus, Space };

/// Percent escapes decoded; a broken escape stays as written, bytes that are no UTF-8 become
/// U+FFFD.
std::string urlDecoded(std::string_view text, PlusSign plus);
/// As HTML forms and .NET's WebUtility do: a space becomes `+`, all but letters, digits and
/// `-_.!*()` is escaped.
std::string formEncoded(std::string_view text);
/// A path segment by RFC 3986: all but the unreserved characters is escaped.
std::string segmentEncoded(std::string_view text);

/// The path of a target, without its query.
std::string_view pathOf(std::string_view target);
/// `/a/b/` is {a, b}: slashes around are dropped, empty segments between stay.
std::vector<std::string_view> pathSegments(std::string_view path);

/// The segments of a target's path, each decoded by itself: `%2F` separates nothing.
std::vector<std::string> decodedPath(std::string_view target);

/// The parameters of a query, in order.
class UrlQuery
{
public:
    /// Of a whole target. Values are decoded with `+` as a space.
    static UrlQuery ofTarget(std::string_view target);

    /// The value, several of one name joined by commas; empty if there is none. Names in any case.
    std::string value(std::string_view name) const;
    bool has(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>> &parameters() const
    {
        return m_parameters;
    }

private:
    std::vector<std::pair<std::string, std::string>> m_parameters;
};

} // namespace engine
