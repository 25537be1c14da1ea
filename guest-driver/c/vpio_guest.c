/* SPDX-License-Identifier: MIT */
#include "vpio_guest.h"

/* Where the device sees the guest's memory. */
#define IOVA_BASE ((uint64_t)0x100000)
#define RX_RING_OFFSET (VPIO_GUEST_RING_ENTRIES * VPIO_NIC_DESCRIPTOR_SIZE)
#define TX_BUFFERS_OFFSET 4096U
#define RX_BUFFERS_OFFSET (TX_BUFFERS_OFFSET + VPIO_GUEST_RING_ENTRIES * VPIO_GUEST_BUFFER_BYTES)
#define SLOT(count) ((count) % VPIO_GUEST_RING_ENTRIES)
/* Events after which a place in the queue may be gone. */
#define EVENTS_OF_A_WAIT (VPIO_EVENT_GRANTED | VPIO_EVENT_RESET | VPIO_EVENT_REMOVED)

static void copy(uint8_t *to, const uint8_t *from, uint32_t bytes)
{
    uint32_t i;

    for (i = 0; i < bytes; i++)
        to[i] = from[i];
}

static void clear(void *memory, uint32_t bytes)
{
    uint32_t i;

    for (i = 0; i < bytes; i++)
        ((uint8_t *)memory)[i] = 0;
}

/* A register is read and written whole, at its width. */
static uint32_t read32(const struct vpio_guest *guest, uint32_t offset)
{
    return vpio_le32(__atomic_load_n((const uint32_t *)(const void *)(guest->port.window + offset), __ATOMIC_ACQUIRE));
}

static uint64_t read64(const struct vpio_guest *guest, uint32_t offset)
{
    return vpio_le64(__atomic_load_n((const uint64_t *)(const void *)(guest->port.window + offset), __ATOMIC_ACQUIRE));
}

static void write32(struct vpio_guest *guest, uint32_t offset, uint32_t value)
{
    __atomic_store_n((uint32_t *)(void *)(guest->port.window + offset), vpio_le32(value), __ATOMIC_RELEASE);
}

static void write64(struct vpio_guest *guest, uint32_t offset, uint64_t value)
{
    __atomic_store_n((uint64_t *)(void *)(guest->port.window + offset), vpio_le64(value), __ATOMIC_RELEASE);
}

static struct vpio_nic_descriptor *descriptor(struct vpio_guest *guest, uint32_t ring_offset, uint32_t count)
{
    return (struct vpio_nic_descriptor *)(void *)(guest->port.memory + ring_offset) + SLOT(count);
}

static uint64_t word(const struct vpio_guest *guest)
{
    /* ORDER acquire: what the hypervisor published before the word is seen after it. */
    return vpio_le64(__atomic_load_n(&guest->port.device_page->slots[guest->device].state, __ATOMIC_ACQUIRE));
}

static int is_held(const struct vpio_guest *guest)
{
    return vpio_word_is_held_by(word(guest), guest->domain_id, guest->generation);
}

/*
 * Takes what happened, in the order of docs/abi.md: an event that is raised
 * meanwhile raises upcall_pending again. Masked, since who looks needs no
 * notification; whoever unmasks looks once more.
 */
static void take_upcalls(struct vpio_guest *guest)
{
    struct vpio_guest_page *page = guest->port.guest_page;
    uint32_t events = 0;

    do {
        __atomic_store_n(&page->upcall_mask, 1, __ATOMIC_RELAXED);
        __atomic_store_n(&page->upcall_pending, 0, __ATOMIC_RELAXED);
        /* ORDER full: pending is seen clear before the selector is looked at, or an event between them is lost. */
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        (void)__atomic_exchange_n(&page->pending_selector, 0, __ATOMIC_SEQ_CST);
        events |= vpio_le32(__atomic_exchange_n(&page->events[guest->device], 0, __ATOMIC_SEQ_CST));
        __atomic_store_n(&page->upcall_mask, 0, __ATOMIC_RELAXED);
        /* ORDER full: either this sees what came masked, or who raises sees the mask gone. */
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    } while (__atomic_load_n(&page->upcall_pending, __ATOMIC_RELAXED) != 0);

    /* Hints: the control register says what the device lost, a grab what became of a place in the queue. */
    if (events & VPIO_EVENT_RESET)
        guest->tx.looked_in = guest->rx.looked_in = 0;
    guest->events |= events;
    guest->doubts |= events & EVENTS_OF_A_WAIT;
}

static void ring_doorbell(struct vpio_guest *guest, uint32_t doorbell, uint32_t value)
{
    write32(guest, doorbell, value);
    /* ORDER full: either the device sees the doorbell in its last look, or this sees that it sleeps. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (read32(guest, VPIO_NIC_REG_ASLEEP) != 0)
        guest->port.kick(guest->port.context, guest->device);
}

static void post_receive(struct vpio_guest *guest, uint32_t count)
{
    struct vpio_nic_descriptor *posted = descriptor(guest, RX_RING_OFFSET, count);

    posted->iova = vpio_le64(IOVA_BASE + RX_BUFFERS_OFFSET + SLOT(count) * VPIO_GUEST_BUFFER_BYTES);
    posted->length_bytes = vpio_le32(VPIO_GUEST_BUFFER_BYTES);
    posted->flags = 0;
}

/* Not 0 when the device still has the ring of a half: looked up once in each ownership, and after each RESET. */
static int is_set_up(struct vpio_guest *guest, struct vpio_guest_half *half, uint32_t enable)
{
    if (half->is_set_up && half->looked_in != guest->generation) {
        half->is_set_up = (read32(guest, VPIO_NIC_REG_CONTROL) & enable) != 0;
        half->looked_in = guest->generation;
    }
    return half->is_set_up != 0;
}

/* Not 0 when a half was turned on in an ownership that ended before the device took the ring. */
static int is_offered(const struct vpio_guest *guest, const struct vpio_guest_half *half, uint32_t enable)
{
    return half->is_offered && (read32(guest, VPIO_NIC_REG_CONTROL) & enable) != 0;
}

static void offer(struct vpio_guest *guest, struct vpio_guest_half *half, uint32_t enable)
{
    half->is_offered = 1;
    ring_doorbell(guest, VPIO_NIC_REG_CONTROL, read32(guest, VPIO_NIC_REG_CONTROL) | enable);
}

static int await_running(struct vpio_guest *guest, struct vpio_guest_half *half, uint32_t running, uint32_t fault)
{
    uint32_t status;

    do {
        status = read32(guest, VPIO_NIC_REG_STATUS);
        if (vpio_guest_must_stop(guest) || (status & fault))
            return 0;
    } while ((status & running) == 0);
    half->is_offered = 0;
    half->is_set_up = 1;
    half->looked_in = guest->generation;
    return 1;
}

/* Descriptors consumed: the device counts on over every reset. */
static uint64_t consumed(const struct vpio_guest *guest)
{
    return read64(guest, VPIO_NIC_REG_TX_FRAMES) + read64(guest, VPIO_NIC_REG_TX_ERRORS);
}

/* What the lost ring held and the device had not consumed is lost. */
static void count_lost(struct vpio_guest *guest)
{
    uint64_t now = consumed(guest);
    uint32_t left = guest->tx_tail - (uint32_t)(now - guest->consumed_before);

    if (left <= VPIO_GUEST_RING_ENTRIES)
        guest->tx_lost += left;
    guest->consumed_before = now;
    guest->tx_tail = 0;
}

static int set_up_transmit(struct vpio_guest *guest)
{
    if (is_set_up(guest, &guest->tx, VPIO_NIC_CONTROL_TX_ENABLE))
        return 1;
    if (!is_offered(guest, &guest->tx, VPIO_NIC_CONTROL_TX_ENABLE)) {
        count_lost(guest);
        write64(guest, VPIO_NIC_REG_TX_RING_IOVA, IOVA_BASE);
        write32(guest, VPIO_NIC_REG_TX_RING_ENTRIES, VPIO_GUEST_RING_ENTRIES);
        write32(guest, VPIO_NIC_REG_TX_TAIL, 0);
        offer(guest, &guest->tx, VPIO_NIC_CONTROL_TX_ENABLE);
    }
    return await_running(guest, &guest->tx, VPIO_NIC_STATUS_TX_RUNNING, VPIO_NIC_STATUS_TX_FAULT);
}

static int set_up_receive(struct vpio_guest *guest)
{
    uint32_t i;

    if (is_set_up(guest, &guest->rx, VPIO_NIC_CONTROL_RX_ENABLE))
        return 1;
    if (!is_offered(guest, &guest->rx, VPIO_NIC_CONTROL_RX_ENABLE)) {
        guest->rx_head = 0;
        for (i = 0; i < VPIO_GUEST_RING_ENTRIES; i++)
            post_receive(guest, i);
        write64(guest, VPIO_NIC_REG_RX_RING_IOVA, IOVA_BASE + RX_RING_OFFSET);
        write32(guest, VPIO_NIC_REG_RX_RING_ENTRIES, VPIO_GUEST_RING_ENTRIES);
        write32(guest, VPIO_NIC_REG_RX_TAIL, VPIO_GUEST_RING_ENTRIES);
        offer(guest, &guest->rx, VPIO_NIC_CONTROL_RX_ENABLE);
    }
    if (!await_running(guest, &guest->rx, VPIO_NIC_STATUS_RX_RUNNING, VPIO_NIC_STATUS_RX_FAULT))
        return 0;
    /* What was taken out before the half was seen to run, in a later ownership than the one that turned it on, is shown to the device only now. */
    if (guest->rx_head != 0)
        ring_doorbell(guest, VPIO_NIC_REG_RX_TAIL, guest->rx_head + VPIO_GUEST_RING_ENTRIES);
    return 1;
}

static int is_page(uint32_t magic, uint32_t expected)
{
    return vpio_le32(magic) == expected;
}

/* Sizes are constants of a major version; a page that states others is none. */
static int has_known_sizes(const struct vpio_device_page_header *header)
{
    return vpio_le32(header->page_size_bytes) == VPIO_DEVICE_PAGE_SIZE && vpio_le32(header->slot_size_bytes) == VPIO_DEVICE_SLOT_SIZE
        && vpio_le32(header->slot_count) == VPIO_DEVICE_PAGE_SLOT_COUNT;
}

/* Volatile: the hypervisor writes it anew at every start. */
static int is_of_epoch(const uint64_t *in_page, uint64_t epoch)
{
    return vpio_le64(*(const volatile uint64_t *)in_page) == epoch;
}

static int64_t negotiate(struct vpio_guest *guest)
{
    struct vpio_negotiate_args args;
    int64_t result;

    clear(&args, sizeof args);
    args.major = vpio_le16(VPIO_VERSION_MAJOR);
    args.minor = vpio_le16(VPIO_VERSION_MINOR);
    args.features = vpio_le64(VPIO_FEATURES);
    result = guest->port.call(guest->port.context, DEVOP_negotiate, &args);
    if (result != VPIO_OK)
        return result;
    guest->domain_id = vpio_le16(args.domain_id);
    guest->epoch = vpio_le64(args.epoch);
    if (vpio_le16(args.agreed_minor) > VPIO_VERSION_MINOR)
        return -VPIO_EOPNOTSUPP;
    if (!is_of_epoch(&guest->port.device_page->header.epoch, guest->epoch) || !is_of_epoch(&guest->port.guest_page->header.epoch, guest->epoch))
        return -VPIO_EINVAL;
    return VPIO_OK;
}

static int64_t query(struct vpio_guest *guest)
{
    struct vpio_query_args args;
    int64_t result;

    clear(&args, sizeof args);
    args.device = vpio_le32(guest->device);
    result = guest->port.call(guest->port.context, DEVOP_query, &args);
    if (result != VPIO_OK)
        return result;
    guest->mac_address = vpio_le64(args.mac_address);
    return vpio_le32(args.device_class) == VPIO_CLASS_NETWORK ? VPIO_OK : -VPIO_ENODEV;
}

static int64_t map(struct vpio_guest *guest)
{
    struct vpio_map_args args;

    clear(&args, sizeof args);
    args.iova = vpio_le64(IOVA_BASE);
    args.address = 0;
    args.length = vpio_le64(VPIO_GUEST_MEMORY_BYTES);
    args.access = vpio_le32(VPIO_DMA_READ_WRITE);
    return guest->port.call(guest->port.context, DEVOP_map, &args);
}

uint32_t vpio_guest_bytes(void)
{
    return (uint32_t)sizeof(struct vpio_guest);
}

int64_t vpio_guest_attach(struct vpio_guest *guest, const struct vpio_port *port, uint32_t device)
{
    int64_t result;
    uint32_t i;

    clear(guest, sizeof *guest);
    guest->port = *port;
    guest->device = device;
    if (device >= VPIO_DEVICE_PAGE_SLOT_COUNT)
        return -VPIO_ENODEV;
    if (!is_page(port->device_page->header.magic, VPIO_DEVICE_PAGE_MAGIC) || !is_page(port->guest_page->header.magic, VPIO_GUEST_PAGE_MAGIC))
        return -VPIO_EINVAL;
    if (vpio_le16(port->device_page->header.major) != VPIO_VERSION_MAJOR || vpio_le16(port->guest_page->header.major) != VPIO_VERSION_MAJOR)
        return -VPIO_EOPNOTSUPP;
    if (!has_known_sizes(&port->device_page->header))
        return -VPIO_EINVAL;
    if (port->memory_bytes < VPIO_GUEST_MEMORY_BYTES)
        return -VPIO_ENOMEM;
    /* A ring that was never set up holds nothing, whatever the memory held before. */
    for (i = 0; i < VPIO_GUEST_RING_ENTRIES; i++)
        post_receive(guest, i);
    result = negotiate(guest);
    if (result == VPIO_OK)
        result = query(guest);
    return result == VPIO_OK ? map(guest) : result;
}

/* Who owns the device is awake and looks at the state word: it needs no notification, in a virtual machine no interrupt. Whoever sleeps unmasks. */
static void begin_ownership(struct vpio_guest *guest, uint64_t generation)
{
    guest->generation = generation;
    __atomic_store_n(&guest->port.guest_page->upcall_mask, 1, __ATOMIC_RELAXED);
}

int64_t vpio_guest_grab(struct vpio_guest *guest, int queue)
{
    struct vpio_grab_args args;
    int64_t result;

    if (!is_of_epoch(&guest->port.device_page->header.epoch, guest->epoch))
        return -VPIO_EINVAL;
    clear(&args, sizeof args);
    args.device = vpio_le32(guest->device);
    args.flags = vpio_le32(queue ? VPIO_GRAB_QUEUE : 0U);
    result = guest->port.call(guest->port.context, DEVOP_grab, &args);
    if (result == VPIO_OK) {
        take_upcalls(guest);
        begin_ownership(guest, vpio_le64(args.generation));
    }
    return result;
}

/* Asks once more after an event that may have cost the place in the queue: still queued is still VPIO_QUEUED. */
static int64_t ask_again(struct vpio_guest *guest)
{
    int64_t result;

    guest->doubts = 0;
    result = vpio_guest_grab(guest, 1);
    return result == -VPIO_EEXIST ? VPIO_QUEUED : result; /* Decided, and GRANTED follows. */
}

int64_t vpio_guest_await(struct vpio_guest *guest, uint64_t timeout_ns)
{
    struct vpio_wait_args args;
    uint64_t now;
    int64_t result;

    for (;;) {
        take_upcalls(guest);
        /* Events are hints; the word decides, and where it does not, the hypervisor is asked again. */
        now = word(guest);
        if (vpio_word_is_held_by(now, guest->domain_id, vpio_word_generation(now))) {
            begin_ownership(guest, vpio_word_generation(now));
            guest->doubts = 0;
            return VPIO_OK;
        }
        if (guest->doubts != 0) {
            result = ask_again(guest);
            if (result != VPIO_QUEUED)
                return result;
        }
        clear(&args, sizeof args);
        args.timeout_ns = vpio_le64(timeout_ns);
        result = guest->port.call(guest->port.context, DEVOP_wait, &args);
        if (result != VPIO_OK)
            return result;
    }
}

uint32_t vpio_guest_events(struct vpio_guest *guest)
{
    uint32_t events;

    take_upcalls(guest);
    events = guest->events;
    guest->events = 0;
    return events;
}

int vpio_guest_must_stop(const struct vpio_guest *guest)
{
    return !is_held(guest) || vpio_word_state(word(guest)) == VPIO_STATE_REVOKING;
}

/* An end that lies between two looks that see the same word is that ownership's. 0 when it is over, else not 0. */
static int read_end(const struct vpio_guest *guest, const uint64_t *field, uint8_t *state, uint64_t *end_ns)
{
    uint64_t before;

    do {
        before = word(guest);
        if (!vpio_word_is_held_by(before, guest->domain_id, guest->generation))
            return 0;
        /* ORDER acquire: after the first look and before the second. */
        *end_ns = vpio_le64(__atomic_load_n(field, __ATOMIC_ACQUIRE));
    } while (word(guest) != before);
    *state = vpio_word_state(before);
    return 1;
}

static uint64_t until(const struct vpio_guest *guest, uint64_t end_ns)
{
    uint64_t now;

    if (end_ns == 0 || guest->port.read_counter == 0 || !vpio_clock_is_there(guest->port.guest_page))
        return VPIO_GUEST_NO_LIMIT;
    now = vpio_clock_ns(guest->port.guest_page, guest->port.read_counter(guest->port.context));
    return end_ns > now ? end_ns - now : 0;
}

uint64_t vpio_guest_remaining_slice(const struct vpio_guest *guest)
{
    uint8_t state;
    uint64_t end_ns;

    if (!read_end(guest, &guest->port.device_page->slots[guest->device].slice_end_ns, &state, &end_ns) || state != VPIO_STATE_OWNED)
        return 0;
    return until(guest, end_ns);
}

uint64_t vpio_guest_remaining_grace(const struct vpio_guest *guest)
{
    uint8_t state;
    uint64_t end_ns;

    if (!read_end(guest, &guest->port.device_page->slots[guest->device].grace_end_ns, &state, &end_ns))
        return 0;
    return state == VPIO_STATE_REVOKING ? until(guest, end_ns) : VPIO_GUEST_NO_LIMIT;
}

int64_t vpio_guest_release(struct vpio_guest *guest)
{
    struct vpio_release_args args;

    clear(&args, sizeof args);
    args.device = vpio_le32(guest->device);
    args.generation = vpio_le64(guest->generation);
    return guest->port.call(guest->port.context, DEVOP_release, &args);
}

int64_t vpio_guest_send(struct vpio_guest *guest, const uint8_t *frame, uint32_t length)
{
    struct vpio_nic_descriptor *posted;

    if (length < VPIO_NIC_MIN_FRAME_BYTES || length > VPIO_NIC_MAX_FRAME_BYTES)
        return -VPIO_EINVAL;
    if (vpio_guest_must_stop(guest) || !set_up_transmit(guest) || guest->tx_tail - read32(guest, VPIO_NIC_REG_TX_HEAD) >= VPIO_GUEST_RING_ENTRIES)
        return 0;
    copy(guest->port.memory + TX_BUFFERS_OFFSET + SLOT(guest->tx_tail) * VPIO_GUEST_BUFFER_BYTES, frame, length);
    posted = descriptor(guest, 0, guest->tx_tail);
    posted->iova = vpio_le64(IOVA_BASE + TX_BUFFERS_OFFSET + SLOT(guest->tx_tail) * VPIO_GUEST_BUFFER_BYTES);
    posted->length_bytes = vpio_le32(length);
    posted->flags = 0;
    guest->tx_tail++;
    ring_doorbell(guest, VPIO_NIC_REG_TX_TAIL, guest->tx_tail);
    return 1;
}

uint32_t vpio_guest_outstanding(struct vpio_guest *guest)
{
    return is_set_up(guest, &guest->tx, VPIO_NIC_CONTROL_TX_ENABLE) ? guest->tx_tail - read32(guest, VPIO_NIC_REG_TX_HEAD) : 0;
}

/* Not 0 when there is no need to sleep. ORDER acquire: as in vpio_guest_receive, which looks again. */
static int has_cause(struct vpio_guest *guest, uint32_t interrupts)
{
    if (vpio_guest_must_stop(guest))
        return 1;
    if ((interrupts & VPIO_NIC_INTERRUPT_RX) && __atomic_load_n(&descriptor(guest, RX_RING_OFFSET, guest->rx_head)->flags, __ATOMIC_ACQUIRE) != 0)
        return 1;
    return (interrupts & VPIO_NIC_INTERRUPT_TX) && vpio_guest_outstanding(guest) == 0;
}

void vpio_guest_rest(struct vpio_guest *guest, uint32_t interrupts, uint64_t timeout_ns)
{
    struct vpio_wait_args args;

    if (has_cause(guest, interrupts))
        return;
    write32(guest, VPIO_NIC_REG_INTERRUPT_ARM, interrupts);
    /* ORDER full: armed before the rings are looked at. A device that takes this with what was armed before raises its event after, and so ends the sleep. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    take_upcalls(guest);
    if (has_cause(guest, interrupts))
        return;
    clear(&args, sizeof args);
    args.timeout_ns = vpio_le64(timeout_ns);
    (void)guest->port.call(guest->port.context, DEVOP_wait, &args);
}

uint64_t vpio_guest_lost(struct vpio_guest *guest)
{
    if (is_held(guest) && !is_set_up(guest, &guest->tx, VPIO_NIC_CONTROL_TX_ENABLE) && !guest->tx.is_offered)
        count_lost(guest);
    return guest->tx_lost;
}

uint32_t vpio_guest_receive(struct vpio_guest *guest, uint8_t *frame, uint32_t room)
{
    uint32_t flags;
    uint32_t length;

    if (vpio_guest_must_stop(guest))
        return 0;
    for (;;) {
        struct vpio_nic_descriptor *filled = descriptor(guest, RX_RING_OFFSET, guest->rx_head);

        /* ORDER acquire: who sees done sees the frame and its length. */
        flags = vpio_le32(__atomic_load_n(&filled->flags, __ATOMIC_ACQUIRE));
        if (flags == 0) {
            /* Only now: what came before the device lost the ring is read first. */
            (void)set_up_receive(guest);
            return 0;
        }
        length = vpio_le32(filled->length_bytes);
        if (length > room || length > VPIO_GUEST_BUFFER_BYTES)
            length = 0;
        if (flags & VPIO_NIC_DESCRIPTOR_DONE)
            copy(frame, guest->port.memory + RX_BUFFERS_OFFSET + SLOT(guest->rx_head) * VPIO_GUEST_BUFFER_BYTES, length);
        post_receive(guest, guest->rx_head);
        guest->rx_head++;
        if (is_set_up(guest, &guest->rx, VPIO_NIC_CONTROL_RX_ENABLE))
            ring_doorbell(guest, VPIO_NIC_REG_RX_TAIL, guest->rx_head + VPIO_GUEST_RING_ENTRIES);
        if ((flags & VPIO_NIC_DESCRIPTOR_DONE) && length > 0)
            return length;
    }
}
