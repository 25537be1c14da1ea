/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "vpio_process_port.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CONTROL VPIO_CONTROL_MESSAGE_DESCRIPTOR
#define NS_PER_SECOND ((uint64_t)1000000000)
/* About what two wake-ups cost: a call that is answered sooner is better waited for awake. */
#define SPIN_NS ((uint64_t)15000)
#define LOOKS_BETWEEN_CLOCKS 16
/* One thread makes one call at a time. */
#define SLOT_INDEX 0
#define DEVICE_PAGE 0
#define GUEST_PAGE 1
#define MEMORY 2
#define CALL_AREA 3
#define DESCRIPTORS 4

typedef char vpio_proof_of_64_bits[sizeof(void *) == 8 ? 1 : -1];

/* A handler of a signal is given nothing else by which it finds out whom to call. */
static void (*hypervisor_ended)(void);

uint64_t vpio_process_now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

static uint64_t read_counter(void *context)
{
    (void)context;
    return vpio_process_now_ns();
}

/* ---- The control socket ---- */

/* A socket whose other end is gone has nothing to say for ever; that is looked at without taking anything. */
static int has_hypervisor_ended(void)
{
    char byte;

    return recv(CONTROL, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void on_socket(int signal)
{
    int before = errno;

    (void)signal;
    if (has_hypervisor_ended())
        hypervisor_ended();
    errno = before;
}

/*
 * The kernel says by SIGIO that something happened on the socket: a process
 * of one thread hears of the end so wherever it is, and nothing polls. What
 * ended before the kernel was told to say so is found by looking.
 */
static int watch_socket(void (*ended)(void))
{
    struct sigaction action;
    sigset_t signals;
    int flags = fcntl(CONTROL, F_GETFL);

    hypervisor_ended = ended;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_socket;
    action.sa_flags = SA_RESTART;
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGIO);
    if (sigaction(SIGIO, &action, NULL) != 0 || sigprocmask(SIG_UNBLOCK, &signals, NULL) != 0)
        return 0;
    if (flags < 0 || fcntl(CONTROL, F_SETOWN, getpid()) != 0 || fcntl(CONTROL, F_SETFL, flags | O_ASYNC) != 0)
        return 0;
    if (has_hypervisor_ended())
        ended();
    return 1;
}

static int send_request(uint32_t kind, uint32_t index)
{
    struct vpio_control_message message;
    ssize_t sent;

    memset(&message, 0, sizeof message);
    message.kind = vpio_le32(kind);
    message.index = vpio_le32(index);
    do {
        sent = send(CONTROL, &message, sizeof message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof message;
}

static uint32_t take_descriptors(struct msghdr *header, int *descriptors, uint32_t room)
{
    struct cmsghdr *rights = CMSG_FIRSTHDR(header);
    uint32_t count;

    if (rights == NULL || rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS)
        return 0;
    count = (uint32_t)((rights->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(rights), (count < room ? count : room) * sizeof(int));
    return count;
}

/* How many descriptors came with the answer to a request of that kind; -1 when none came. */
static int receive_answer(uint32_t kind, struct vpio_control_message *message, int *descriptors, uint32_t room)
{
    union {
        struct cmsghdr aligned;
        char bytes[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec vector = { message, sizeof *message };
    struct msghdr header;
    ssize_t received;

    memset(&header, 0, sizeof header);
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    header.msg_control = control.bytes;
    header.msg_controllen = CMSG_SPACE(room * sizeof(int));
    do {
        received = recvmsg(CONTROL, &header, MSG_CMSG_CLOEXEC);
    } while (received < 0 && errno == EINTR);
    if (received == 0 && hypervisor_ended != NULL)
        hypervisor_ended();
    if (received != (ssize_t)sizeof *message || vpio_le32(message->kind) != kind)
        return -1;
    return (int)take_descriptors(&header, descriptors, room);
}

static void kick(void *context, uint32_t device)
{
    (void)context;
    (void)send_request(VPIO_CONTROL_KIND_KICK, device);
}

/* ---- Files ---- */

/* Maps a file, and closes it: the hypervisor has sealed it, so what is long enough now stays so. */
static void *map_file(int descriptor, uint64_t bytes, int protection)
{
    struct stat file;
    void *start = MAP_FAILED;

    if (fstat(descriptor, &file) == 0 && file.st_size >= 0 && (uint64_t)file.st_size >= bytes)
        start = mmap(NULL, bytes, protection, MAP_SHARED, descriptor, 0);
    (void)close(descriptor);
    return start == MAP_FAILED ? NULL : start;
}

static int is_known_area(const struct vpio_call_area *area)
{
    return vpio_le32(area->magic) == VPIO_CALL_AREA_MAGIC && vpio_le16(area->major) == VPIO_VERSION_MAJOR
        && vpio_le32(area->slots) == VPIO_CALL_AREA_SLOT_COUNT && vpio_le32(area->slot_size_bytes) == VPIO_CALL_SLOT_SIZE;
}

static const char *map_files(struct vpio_process_port *process, const struct vpio_control_message *answer, const int *descriptors)
{
    process->port.memory_bytes = vpio_le64(answer->length_bytes);
    process->application_bytes = vpio_le64(answer->application_bytes);
    process->port.device_page = map_file(descriptors[DEVICE_PAGE], VPIO_DEVICE_PAGE_SIZE, PROT_READ);
    process->port.guest_page = map_file(descriptors[GUEST_PAGE], VPIO_GUEST_PAGE_SIZE, PROT_READ | PROT_WRITE);
    process->port.memory = map_file(descriptors[MEMORY], process->port.memory_bytes + process->application_bytes, PROT_READ | PROT_WRITE);
    process->calls = map_file(descriptors[CALL_AREA], VPIO_CALL_AREA_SIZE, PROT_READ | PROT_WRITE);
    if (process->port.device_page == NULL || process->port.guest_page == NULL || process->port.memory == NULL || process->calls == NULL)
        return "the files of the hypervisor cannot be mapped";
    process->application = process->port.memory + process->port.memory_bytes;
    return is_known_area(process->calls) ? NULL : "the call area is not that of this version";
}

int64_t vpio_process_use(struct vpio_process_port *process, uint32_t device)
{
    struct vpio_control_message answer;
    uint32_t version;
    int descriptor;
    uint8_t *window;

    if (device >= VPIO_DEVICE_PAGE_SLOT_COUNT)
        return -VPIO_ENODEV;
    /* ORDER acquire: the version that was, before the window is asked for: one that ends meanwhile is asked for again. */
    version = vpio_le32(__atomic_load_n(&process->calls->window_versions[device], __ATOMIC_ACQUIRE));
    if (process->port.window != NULL && process->device == device && process->window_version == version)
        return VPIO_OK;
    if (!send_request(VPIO_CONTROL_KIND_WINDOW, device) || receive_answer(VPIO_CONTROL_KIND_WINDOW, &answer, &descriptor, 1) != 1)
        return -VPIO_ENODEV;
    window = map_file(descriptor, vpio_le64(answer.length_bytes), PROT_READ | PROT_WRITE);
    if (window == NULL)
        return -VPIO_ENODEV;
    if (process->port.window != NULL)
        (void)munmap(process->port.window, process->window_bytes);
    process->port.window = window;
    process->window_bytes = vpio_le64(answer.length_bytes);
    process->window_version = version;
    process->device = device;
    return VPIO_OK;
}

/* ---- Sleep ---- */

/* Sleeps while the word, which another process maps too, has the value, until a time of the monotonic clock at most. It may end for no reason. */
static void sleep_on(const uint32_t *word, uint32_t value, uint64_t until_ns)
{
    struct timespec until;

    until.tv_sec = (time_t)(until_ns / NS_PER_SECOND);
    until.tv_nsec = (long)(until_ns % NS_PER_SECOND);
    (void)syscall(SYS_futex, word, FUTEX_WAIT_BITSET, value, until_ns == VPIO_WAIT_FOREVER ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY);
}

static void wake(const uint32_t *word)
{
    (void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* The time at which a wait is over; a limit beyond all time is none. */
static uint64_t due(uint64_t timeout_ns)
{
    uint64_t now = vpio_process_now_ns();

    return timeout_ns > (uint64_t)INT64_MAX - now ? VPIO_WAIT_FOREVER : now + timeout_ns;
}

/* DEVOP_wait without a call. There is one thread, so none can have slept through what came masked. */
static int64_t sleep_until_upcall(struct vpio_process_port *process, const struct vpio_wait_args *args)
{
    struct vpio_guest_page *page = process->port.guest_page;
    uint64_t until_ns = due(vpio_le64(args->timeout_ns));
    uint32_t seen;

    if ((args->reserved0 | args->reserved1 | args->reserved2) != 0)
        return -VPIO_EINVAL;
    __atomic_store_n(&page->upcall_mask, 0, __ATOMIC_RELAXED);
    /* ORDER full: either this sees what came masked, or who raises sees the mask gone. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    for (;;) {
        /* ORDER acquire: the number is noted before the look: a notification after the look ends the sleep at once. */
        seen = __atomic_load_n(&page->notify_sequence, __ATOMIC_ACQUIRE);
        if (__atomic_load_n(&page->upcall_pending, __ATOMIC_ACQUIRE) != 0)
            return VPIO_OK;
        if (until_ns <= vpio_process_now_ns())
            return -VPIO_ETIMEDOUT;
        sleep_on(&page->notify_sequence, seen, until_ns);
    }
}

/* ---- Calls ---- */

static int is_hypervisors(uint32_t turn)
{
    return (vpio_le32(turn) & 1) != 0;
}

/* ORDER acquire: who sees that the turn is back sees what the hypervisor wrote before it passed it. */
static uint32_t look(const struct vpio_call_slot *slot)
{
    return __atomic_load_n(&slot->turn, __ATOMIC_ACQUIRE);
}

static void pass_turn(struct vpio_call_slot *slot)
{
    uint32_t turn = vpio_le32(look(slot));

    /* ORDER full: the turn, and all before it, is seen before it is looked whether the other side sleeps. */
    (void)__atomic_exchange_n(&slot->turn, vpio_le32(turn + 1), __ATOMIC_SEQ_CST);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (__atomic_load_n(&slot->hypervisor_asleep, __ATOMIC_RELAXED) != 0)
        wake(&slot->turn);
}

static int is_back_soon(const struct vpio_call_slot *slot, uint64_t spin_ns)
{
    uint64_t until_ns = vpio_process_now_ns() + spin_ns;
    int i;

    do {
        for (i = 0; i < LOOKS_BETWEEN_CLOCKS; i++) {
            if (!is_hypervisors(look(slot)))
                return 1;
        }
    } while (vpio_process_now_ns() < until_ns);
    return 0;
}

static void await_turn(struct vpio_call_slot *slot, uint64_t spin_ns)
{
    uint32_t seen;

    if (is_back_soon(slot, spin_ns))
        return;
    for (;;) {
        __atomic_store_n(&slot->guest_asleep, vpio_le32(1), __ATOMIC_RELAXED);
        /* ORDER full: that this side sleeps is seen before it looks once more. */
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        seen = look(slot);
        if (!is_hypervisors(seen))
            break;
        sleep_on(&slot->turn, seen, VPIO_WAIT_FOREVER);
    }
    __atomic_store_n(&slot->guest_asleep, 0, __ATOMIC_RELAXED);
}

static int64_t call(void *context, uint32_t cmd, void *argument)
{
    struct vpio_process_port *process = context;
    struct vpio_call_slot *slot = &process->calls->calls[SLOT_INDEX];

    if (cmd == DEVOP_wait)
        return sleep_until_upcall(process, argument);
    slot->cmd = vpio_le32(cmd);
    memcpy(&slot->argument, argument, sizeof slot->argument);
    pass_turn(slot);
    if (!process->is_served)
        process->is_served = (uint32_t)send_request(VPIO_CONTROL_KIND_SERVE, SLOT_INDEX);
    await_turn(slot, process->spin_ns);
    memcpy(argument, &slot->argument, sizeof slot->argument);
    return (int64_t)vpio_le64(slot->result);
}

const char *vpio_process_attach(struct vpio_process_port *process, void (*ended)(void))
{
    struct vpio_control_message answer;
    int descriptors[DESCRIPTORS];

    memset(process, 0, sizeof *process);
    process->port.context = process;
    process->port.call = call;
    process->port.kick = kick;
    process->port.read_counter = read_counter;
    /* Where there is one processor the hypervisor needs it. */
    process->spin_ns = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? SPIN_NS : 0;
    if (!send_request(VPIO_CONTROL_KIND_ATTACH, 0) || receive_answer(VPIO_CONTROL_KIND_ATTACH, &answer, descriptors, DESCRIPTORS) != DESCRIPTORS)
        return "descriptor 3 is no control socket of a hypervisor that runs: this program is started by one, as a guest";
    if (!watch_socket(ended))
        return "the control socket cannot be watched";
    return map_files(process, &answer, descriptors);
}
