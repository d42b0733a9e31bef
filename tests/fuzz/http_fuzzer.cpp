#include "tests/fuzz/http_bytes.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// For libFuzzer (scripts/fuzz). The first byte says how many bytes arrive at a time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const std::string wrong = tests::HttpBytes().feed(bytes, data[0]);
    if (wrong.empty())
        return 0;
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
}
