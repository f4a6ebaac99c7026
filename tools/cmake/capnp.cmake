include_guard()
# silkledger_capnp_library(NAME FILES a.capnp … [LINKS …]): everything that is generated from schema files.
#
#   silkledger::NAME        wire types, value types, tables        <stem>.capnp.h .wire.h .values.h .meta.h
#
# Files are relative to the repository root, and so are the includes of what is generated from them. Output goes to
# a folder of its own: on an include path the root of the build tree would shadow system headers by executables' names.
function(silkledger_capnp_library name)
  cmake_parse_arguments(ARG "" "" "FILES;LINKS" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/generated/${name})
  file(MAKE_DIRECTORY ${out})
  set(wire "")
  set(values "")
  set(headers "")
  foreach(file ${ARG_FILES})
    string(REGEX REPLACE "\\.capnp$" "" stem ${file})
    list(APPEND wire ${out}/${stem}.capnp.c++)
    list(APPEND values ${out}/${stem}.values.cpp)
    list(APPEND headers ${out}/${stem}.capnp.h ${out}/${stem}.wire.h ${out}/${stem}.values.h)
  endforeach()

  # The compiler tells no dependencies, so every schema file counts as one.
  file(GLOB_RECURSE imports CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/domain/schema/*.capnp)
  list(TRANSFORM ARG_FILES PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
  add_custom_command(
    OUTPUT ${wire} ${values} ${headers}
    COMMAND ${CAPNP_EXECUTABLE} compile --src-prefix=. -I${CMAKE_SOURCE_DIR}
            -o${CAPNPC_CXX_EXECUTABLE}:${out} -o$<TARGET_FILE:capnpc-silkledger>:${out} ${ARG_FILES}
    DEPENDS ${inputs} ${imports} capnpc-silkledger
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "schema ${name}"
    VERBATIM)
  set_source_files_properties(${wire} PROPERTIES COMPILE_OPTIONS -w)

  silkledger_add_library(${name} SOURCES ${wire} ${values} ${headers} LINKS silkledger::schema_message ${ARG_LINKS})
  target_include_directories(silkledger_${name} SYSTEM PUBLIC ${out})
endfunction()
