#pragma once

namespace engine {

// JavaScript that makes a fresh QJSEngine harmless: one function, in three pieces. See
// sandbox_source.cpp.
extern const char *const sandboxBegin; ///< words for all, dates and chance
extern const char *const sandboxTexts; ///< regular expressions and texts
extern const char *const sandboxEnd;   ///< lists, JSON, the walls, the entrances

} // namespace engine
