# Flags that every target of ours carries, and how its targets are made.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT SIGNALBOX_PCH)
    set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()
# moc 6.4 stops at <compare> of libstdc++ without this; cured upstream in 6.5.3.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_VISIBILITY=)

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE})
endif()

# Linking the tests takes a quarter of the time with it.
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12.1)
    add_link_options(-fuse-ld=mold)
endif()

add_library(project_options INTERFACE)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wsuggest-override
    -Wcast-qual -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns falsely at -O2, within strings and variants of the standard library.
    target_compile_options(project_options INTERFACE -Wno-restrict -fpch-preprocess
        $<$<CONFIG:Release>:-Wno-stringop-overflow> $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
endif()
target_compile_definitions(project_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII)
if(SIGNALBOX_WERROR)
    target_compile_options(project_options INTERFACE -Werror)
endif()
if(SIGNALBOX_SANITIZE)
    # GCC 12 takes what the sanitizers add for reads of values that were never set, and for coroutine
    # frames that are freed in another place than they came from.
    target_compile_options(project_options INTERFACE
        -fsanitize=address,undefined -fno-omit-frame-pointer
        -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
    target_link_options(project_options INTERFACE -fsanitize=address,undefined)
endif()
if(SIGNALBOX_FUZZ)
    target_compile_options(project_options INTERFACE
        -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(project_options INTERFACE -fsanitize=address,undefined)
endif()

# signalbox_library(NAME ROOMS dir… LINK lib…): a static library of all .cpp files in the rooms.
function(signalbox_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "QT" "" "ROOMS;LINK")
    set(sources)
    foreach(room IN LISTS arg_ROOMS)
        file(GLOB room_sources CONFIGURE_DEPENDS ${room}/*.cpp ${room}/*.h)
        list(APPEND sources ${room_sources})
    endforeach()
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_link_libraries(${name} PUBLIC project_options ${arg_LINK})
    if(arg_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
    endif()
endfunction()
