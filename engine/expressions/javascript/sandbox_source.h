#pragma once

namespace engine {

/// JavaScript that makes a fresh QJSEngine harmless; see sandbox_source.cpp.
extern const char *const sandboxSource;

} // namespace engine
