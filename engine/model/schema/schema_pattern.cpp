#include "engine/model/schema/schema_pattern.h"

#include "engine/model/schema/pattern_text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace engine {
namespace {

struct Freeing {
    void operator()(pcre2_code *code) const { pcre2_code_free(code); }
    void operator()(pcre2_compile_context *context) const { pcre2_compile_context_free(context); }
    void operator()(pcre2_match_context *context) const { pcre2_match_context_free(context); }
    void operator()(pcre2_match_data *match) const { pcre2_match_data_free(match); }
};

constexpr std::size_t longestPattern = 10'000;
/// Many texts may be compared in one validation, so a short one may cost less than a long one.
constexpr std::size_t stepsAnyway = 20'000;
constexpr std::size_t stepsForAByte = 20;
constexpr std::size_t mostSteps = 5'000'000;
constexpr std::uint32_t depthLimit = 20'000;
constexpr std::uint32_t heapKilobytes = 4'096;

PCRE2_SPTR bytes(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

struct SchemaPattern::Compiled {
    std::unique_ptr<pcre2_code, Freeing> code;
    std::unique_ptr<pcre2_match_context, Freeing> limits;
    std::unique_ptr<pcre2_match_data, Freeing> match;
};

SchemaPattern::SchemaPattern(const std::string &source)
{
    if (source.size() > longestPattern) {
        m_problem = "it is longer than " + std::to_string(longestPattern) + " bytes";
        return;
    }
    const PatternText translated = pcreText(source);
    if (!translated.problem.empty()) {
        m_problem = translated.problem;
        return;
    }
    const std::unique_ptr<pcre2_compile_context, Freeing> context(
        pcre2_compile_context_create(nullptr));
    pcre2_set_compile_extra_options(context.get(), PCRE2_EXTRA_ALT_BSUX);
    constexpr std::uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF |
                                      PCRE2_ALLOW_EMPTY_CLASS | PCRE2_NEVER_BACKSLASH_C;
    int error = 0;
    PCRE2_SIZE offset = 0;
    std::unique_ptr<pcre2_code, Freeing> code(pcre2_compile(
        bytes(translated.text), translated.text.size(), options, &error, &offset, context.get()));
    if (!code) {
        std::array<PCRE2_UCHAR, 256> text{};
        pcre2_get_error_message(error, text.data(), text.size());
        m_problem = reinterpret_cast<const char *>(text.data());
        return;
    }
    m_compiled = std::make_unique<Compiled>();
    m_compiled->limits.reset(pcre2_match_context_create(nullptr));
    pcre2_set_depth_limit(m_compiled->limits.get(), depthLimit);
    pcre2_set_heap_limit(m_compiled->limits.get(), heapKilobytes);
    m_compiled->match.reset(pcre2_match_data_create_from_pattern(code.get(), nullptr));
    m_compiled->code = std::move(code);
}

SchemaPattern::~SchemaPattern() = default;
SchemaPattern::SchemaPattern(SchemaPattern &&other) noexcept = default;

SchemaPattern::Match SchemaPattern::match(std::string_view text) const
{
    if (!m_compiled)
        return Match::No;
    const std::size_t steps = stepsAnyway + std::min(text.size(), mostSteps) * stepsForAByte;
    pcre2_set_match_limit(
        m_compiled->limits.get(), static_cast<std::uint32_t>(std::min(steps, mostSteps)));
    // The texts come from checked JSON, so they are UTF-8.
    const int found = pcre2_match(m_compiled->code.get(), bytes(text), text.size(), 0,
        PCRE2_NO_UTF_CHECK, m_compiled->match.get(), m_compiled->limits.get());
    if (found >= 0)
        return Match::Yes;
    return found == PCRE2_ERROR_NOMATCH ? Match::No : Match::TooCostly;
}

} // namespace engine
