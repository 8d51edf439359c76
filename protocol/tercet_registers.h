/* Registers of a Tercet core. Made from protocol/registers.ts: do not change it by hand. */
#ifndef TERCET_REGISTERS_H
#define TERCET_REGISTERS_H

#include <stdint.h>

#define TERCET_VERSION_MAJOR_SUPPORTED 2u
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
#define TERCET_VERSION_MAJOR_RESET 0x2u

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

/* limits (read): how much of what goes with a job the core keeps */
#define TERCET_LIMITS 0x8u
/* beats of activations, in both halves of the buffer together */
#define TERCET_LIMITS_ACTIVATION_DEPTH_LOW 0u
#define TERCET_LIMITS_ACTIVATION_DEPTH_WIDTH 16u
/* initial values */
#define TERCET_LIMITS_INITIAL_VALUES_LOW 16u
#define TERCET_LIMITS_INITIAL_VALUES_WIDTH 16u

/* control (command): starts and ends work; the other registers tell of it two cycles later */
#define TERCET_CONTROL 0x9u
/* 1: queues the job that the registers below tell; it begins when the one before has read its operands */
#define TERCET_CONTROL_START_LOW 0u
#define TERCET_CONTROL_START_WIDTH 1u
/* 1: ends all jobs; their results are of no meaning */
#define TERCET_CONTROL_ABORT_LOW 1u
#define TERCET_CONTROL_ABORT_WIDTH 1u
/* 1: sets the errors in `status` to 0 */
#define TERCET_CONTROL_CLEAR_ERRORS_LOW 2u
#define TERCET_CONTROL_CLEAR_ERRORS_WIDTH 1u
/* 1: sets `cycles` to 0 */
#define TERCET_CONTROL_CLEAR_CYCLES_LOW 3u
#define TERCET_CONTROL_CLEAR_CYCLES_WIDTH 1u

/* status (read): what the core does */
#define TERCET_STATUS 0xau
/* 1: a job is queued, runs, or still hands over results */
#define TERCET_STATUS_BUSY_LOW 0u
#define TERCET_STATUS_BUSY_WIDTH 1u
/* 1: a job reads weights and activations */
#define TERCET_STATUS_RUNNING_LOW 1u
#define TERCET_STATUS_RUNNING_WIDTH 1u
/* 1: a job waits to begin; until it is 0 the registers of the job must stay as they are */
#define TERCET_STATUS_QUEUED_LOW 2u
#define TERCET_STATUS_QUEUED_WIDTH 1u
/* the half of the activations that is read */
#define TERCET_STATUS_RUNNING_HALF_LOW 3u
#define TERCET_STATUS_RUNNING_HALF_WIDTH 1u
/* error: a job was started while another one was queued */
#define TERCET_STATUS_START_LOST_LOW 8u
#define TERCET_STATUS_START_LOST_WIDTH 1u
/* error: activations were written to the half that was read */
#define TERCET_STATUS_BUFFER_IN_USE_LOW 9u
#define TERCET_STATUS_BUFFER_IN_USE_WIDTH 1u
/* jobs whose results are complete, modulo 256 */
#define TERCET_STATUS_JOBS_DONE_LOW 16u
#define TERCET_STATUS_JOBS_DONE_WIDTH 8u

/* walk (write): the size of the product; it may only change while no job is queued or running */
#define TERCET_WALK 0xbu
/* beats in a block of columns, less 1 */
#define TERCET_WALK_LAST_BEAT_LOW 0u
#define TERCET_WALK_LAST_BEAT_WIDTH 8u
/* blocks of columns, less 1: each gives sums of its own, one block after the other */
#define TERCET_WALK_LAST_BLOCK_LOW 8u
#define TERCET_WALK_LAST_BLOCK_WIDTH 8u
/* tiles of rows, less 1 */
#define TERCET_WALK_LAST_TILE_LOW 16u
#define TERCET_WALK_LAST_TILE_WIDTH 12u

/* weightPlace (write): where the weights of the job begin */
#define TERCET_WEIGHT_PLACE 0xcu
/* address of a word of the weight store */
#define TERCET_WEIGHT_PLACE_BASE_LOW 0u
#define TERCET_WEIGHT_PLACE_BASE_WIDTH 16u

/* jobPlace (write): where the other operands and the results of the job are */
#define TERCET_JOB_PLACE 0xdu
/* the first initial value */
#define TERCET_JOB_PLACE_INITIAL_BASE_LOW 0u
#define TERCET_JOB_PLACE_INITIAL_BASE_WIDTH 12u
/* the half of the activations */
#define TERCET_JOB_PLACE_ACTIVATION_HALF_LOW 16u
#define TERCET_JOB_PLACE_ACTIVATION_HALF_WIDTH 1u
/* the half of the results */
#define TERCET_JOB_PLACE_RESULT_HALF_LOW 17u
#define TERCET_JOB_PLACE_RESULT_HALF_WIDTH 1u

/* outputStage (write): what happens to each sum, in this order; it may only change while no job is in work */
#define TERCET_OUTPUT_STAGE 0xeu
/* bits by which it is shifted to the right, rounding down */
#define TERCET_OUTPUT_STAGE_SHIFT_LOW 0u
#define TERCET_OUTPUT_STAGE_SHIFT_WIDTH 4u
/* 1: what is below 0 becomes 0 */
#define TERCET_OUTPUT_STAGE_RELU_LOW 8u
#define TERCET_OUTPUT_STAGE_RELU_WIDTH 1u
/* 1: the nearest of -128 to 127 */
#define TERCET_OUTPUT_STAGE_SATURATE_LOW 9u
#define TERCET_OUTPUT_STAGE_SATURATE_WIDTH 1u

/* cycles (read): how long the core worked */
#define TERCET_CYCLES 0xfu
/* cycles in which `busy` was 1, modulo 2^24 */
#define TERCET_CYCLES_CYCLES_LOW 0u
#define TERCET_CYCLES_CYCLES_WIDTH 24u

/* The number in a field of a word: TERCET_GET(word, GEOMETRY, LANES). */
#define TERCET_GET(word, reg, field) \
  (((uint32_t)(word) >> TERCET_##reg##_##field##_LOW) & \
   (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH)))
/* A number moved to its field, to be joined with | : TERCET_PUT(64u, GEOMETRY, LANES). */
#define TERCET_PUT(value, reg, field) \
  (((uint32_t)(value) & (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH))) \
   << TERCET_##reg##_##field##_LOW)

#endif
