/* Registers of a Tercet core. Made from protocol/registers.ts: do not change it by hand. */
#ifndef TERCET_REGISTERS_H
#define TERCET_REGISTERS_H

#include <stdint.h>

#define TERCET_VERSION_MAJOR_SUPPORTED 1u
#define TERCET_VERSION_MINOR_SUPPORTED 0u

/* Windows: addresses of words of 32 bits. */
#define TERCET_WINDOW_REGISTERS 0x0u
#define TERCET_WINDOW_WEIGHTS 0x10000u
#define TERCET_WINDOW_ACTIVATIONS 0x20000u
#define TERCET_WINDOW_RESULTS 0x30000u

/* magic (read): tells that this is a Tercet core */
#define TERCET_MAGIC 0x0u
/* the bytes of 'TCT1', the first one lowest */
#define TERCET_MAGIC_MAGIC_LOW 0u
#define TERCET_MAGIC_MAGIC_WIDTH 32u
#define TERCET_MAGIC_MAGIC_RESET 0x31544354u

/* version (read): the version of this register map and of the frames */
#define TERCET_VERSION 0x1u
/* grows when registers are added */
#define TERCET_VERSION_MINOR_LOW 0u
#define TERCET_VERSION_MINOR_WIDTH 8u
#define TERCET_VERSION_MINOR_RESET 0x0u
/* grows when something changes its meaning */
#define TERCET_VERSION_MAJOR_LOW 8u
#define TERCET_VERSION_MAJOR_WIDTH 8u
#define TERCET_VERSION_MAJOR_RESET 0x1u

/* configuration (read): tells two configurations apart: a host that expects another one has the wrong bitstream */
#define TERCET_CONFIGURATION 0x2u
/* hash of all parameters of the core */
#define TERCET_CONFIGURATION_HASH_LOW 0u
#define TERCET_CONFIGURATION_HASH_WIDTH 32u

/* geometry (read): the size of the array */
#define TERCET_GEOMETRY 0x3u
/* weights that one row takes in a cycle */
#define TERCET_GEOMETRY_LANES_LOW 0u
#define TERCET_GEOMETRY_LANES_WIDTH 16u
/* dot products side by side */
#define TERCET_GEOMETRY_ROWS_LOW 16u
#define TERCET_GEOMETRY_ROWS_WIDTH 8u
/* activation vectors that share one read of the weights */
#define TERCET_GEOMETRY_BATCH_LOW 24u
#define TERCET_GEOMETRY_BATCH_WIDTH 8u

/* numbers (read): the numbers that the core works with */
#define TERCET_NUMBERS 0x4u
/* bits of a signed activation */
#define TERCET_NUMBERS_ACTIVATION_BITS_LOW 0u
#define TERCET_NUMBERS_ACTIVATION_BITS_WIDTH 6u
/* bits of a signed sum */
#define TERCET_NUMBERS_SUM_BITS_LOW 8u
#define TERCET_NUMBERS_SUM_BITS_WIDTH 6u
/* how weights lie in the memory */
#define TERCET_NUMBERS_ENCODING_LOW 16u
#define TERCET_NUMBERS_ENCODING_WIDTH 4u
#define TERCET_NUMBERS_ENCODING_IS_2BIT 0u
#define TERCET_NUMBERS_ENCODING_IS_5IN8 1u
#define TERCET_NUMBERS_ENCODING_IS_1OF2 2u
#define TERCET_NUMBERS_ENCODING_IS_1BIT 3u
/* 1: results can be shifted, saturated and cut at 0 */
#define TERCET_NUMBERS_OUTPUT_STAGE_LOW 20u
#define TERCET_NUMBERS_OUTPUT_STAGE_WIDTH 1u
/* 1: loading and reading overlap with a product */
#define TERCET_NUMBERS_DOUBLE_BUFFERED_LOW 21u
#define TERCET_NUMBERS_DOUBLE_BUFFERED_WIDTH 1u

/* weightCapacity (read): the size of the window of weights */
#define TERCET_WEIGHT_CAPACITY 0x5u
/* words */
#define TERCET_WEIGHT_CAPACITY_WORDS_LOW 0u
#define TERCET_WEIGHT_CAPACITY_WORDS_WIDTH 17u

/* activationCapacity (read): the size of the window of activations */
#define TERCET_ACTIVATION_CAPACITY 0x6u
/* words */
#define TERCET_ACTIVATION_CAPACITY_WORDS_LOW 0u
#define TERCET_ACTIVATION_CAPACITY_WORDS_WIDTH 17u

/* resultCapacity (read): the size of the window of results */
#define TERCET_RESULT_CAPACITY 0x7u
/* words */
#define TERCET_RESULT_CAPACITY_WORDS_LOW 0u
#define TERCET_RESULT_CAPACITY_WORDS_WIDTH 17u

/* The number in a field of a word: TERCET_GET(word, GEOMETRY, LANES). */
#define TERCET_GET(word, reg, field) \
  (((uint32_t)(word) >> TERCET_##reg##_##field##_LOW) & \
   (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH)))
/* A number moved to its field, to be joined with | : TERCET_PUT(64u, GEOMETRY, LANES). */
#define TERCET_PUT(value, reg, field) \
  (((uint32_t)(value) & (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH))) \
   << TERCET_##reg##_##field##_LOW)

#endif
