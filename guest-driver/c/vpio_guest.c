/* SPDX-License-Identifier: MIT */
#include "vpio_guest.h"

/* Where the device sees the guest's memory. */
#define IOVA_BASE ((uint64_t)0x100000)
#define RX_RING_OFFSET (VPIO_GUEST_RING_ENTRIES * VPIO_NIC_DESCRIPTOR_SIZE)
#define TX_BUFFERS_OFFSET 4096U
#define RX_BUFFERS_OFFSET (TX_BUFFERS_OFFSET + VPIO_GUEST_RING_ENTRIES * VPIO_GUEST_BUFFER_BYTES)
#define SLOT(count) ((count) % VPIO_GUEST_RING_ENTRIES)

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

/* Takes what happened, in the order of docs/abi.md: an event that is raised meanwhile raises upcall_pending again. */
static void take_upcalls(struct vpio_guest *guest)
{
    struct vpio_guest_page *page = guest->port.guest_page;
    uint32_t events;

    __atomic_store_n(&page->upcall_pending, 0, __ATOMIC_RELAXED);
    /* ORDER full: pending is seen clear before the selector is looked at, or an event between them is lost. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    (void)__atomic_exchange_n(&page->pending_selector, 0, __ATOMIC_SEQ_CST);
    events = vpio_le32(__atomic_exchange_n(&page->events[guest->device], 0, __ATOMIC_SEQ_CST));
    if (events & VPIO_EVENT_RESET)
        guest->is_set_up = 0;
    guest->events |= events;
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

/* Sets up both rings, once, and again after the device lost them. Not 0 when they run. */
static int set_up(struct vpio_guest *guest)
{
    const uint32_t running = VPIO_NIC_STATUS_TX_RUNNING | VPIO_NIC_STATUS_RX_RUNNING;
    uint32_t i;

    if (guest->is_set_up)
        return 1;
    guest->tx_tail = 0;
    guest->rx_head = 0;
    for (i = 0; i < VPIO_GUEST_RING_ENTRIES; i++)
        post_receive(guest, i);
    write64(guest, VPIO_NIC_REG_TX_RING_IOVA, IOVA_BASE);
    write32(guest, VPIO_NIC_REG_TX_RING_ENTRIES, VPIO_GUEST_RING_ENTRIES);
    write32(guest, VPIO_NIC_REG_TX_TAIL, 0);
    write64(guest, VPIO_NIC_REG_RX_RING_IOVA, IOVA_BASE + RX_RING_OFFSET);
    write32(guest, VPIO_NIC_REG_RX_RING_ENTRIES, VPIO_GUEST_RING_ENTRIES);
    write32(guest, VPIO_NIC_REG_RX_TAIL, VPIO_GUEST_RING_ENTRIES);
    ring_doorbell(guest, VPIO_NIC_REG_CONTROL, VPIO_NIC_CONTROL_TX_ENABLE | VPIO_NIC_CONTROL_RX_ENABLE);
    while ((read32(guest, VPIO_NIC_REG_STATUS) & running) != running) {
        if (vpio_guest_must_stop(guest))
            return 0;
    }
    guest->is_set_up = 1;
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
    result = negotiate(guest);
    if (result == VPIO_OK)
        result = query(guest);
    return result == VPIO_OK ? map(guest) : result;
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
        guest->generation = vpio_le64(args.generation);
        take_upcalls(guest);
    }
    return result;
}

int64_t vpio_guest_await(struct vpio_guest *guest, uint64_t timeout_ns)
{
    struct vpio_wait_args args;
    uint64_t now;
    int64_t result;

    for (;;) {
        take_upcalls(guest);
        /* Events are hints; the word decides. */
        now = word(guest);
        if (vpio_word_is_held_by(now, guest->domain_id, vpio_word_generation(now))) {
            guest->generation = vpio_word_generation(now);
            return VPIO_OK;
        }
        if (vpio_word_state(now) == VPIO_STATE_OFFLINE)
            return -VPIO_ENODEV;
        clear(&args, sizeof args);
        args.timeout_ns = vpio_le64(timeout_ns);
        result = guest->port.call(guest->port.context, DEVOP_wait, &args);
        if (result != VPIO_OK)
            return result;
    }
}

int vpio_guest_must_stop(const struct vpio_guest *guest)
{
    return !is_held(guest) || vpio_word_state(word(guest)) == VPIO_STATE_REVOKING;
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
    if (vpio_guest_must_stop(guest) || !set_up(guest) || vpio_guest_outstanding(guest) >= VPIO_GUEST_RING_ENTRIES)
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

uint32_t vpio_guest_outstanding(const struct vpio_guest *guest)
{
    return guest->tx_tail - read32(guest, VPIO_NIC_REG_TX_HEAD);
}

uint32_t vpio_guest_receive(struct vpio_guest *guest, uint8_t *frame, uint32_t room)
{
    uint32_t flags;
    uint32_t length;

    if (vpio_guest_must_stop(guest) || !set_up(guest))
        return 0;
    for (;;) {
        struct vpio_nic_descriptor *filled = descriptor(guest, RX_RING_OFFSET, guest->rx_head);

        /* ORDER acquire: who sees done sees the frame and its length. */
        flags = vpio_le32(__atomic_load_n(&filled->flags, __ATOMIC_ACQUIRE));
        if (flags == 0)
            return 0;
        length = vpio_le32(filled->length_bytes);
        if (length > room || length > VPIO_GUEST_BUFFER_BYTES)
            length = 0;
        if (flags & VPIO_NIC_DESCRIPTOR_DONE)
            copy(frame, guest->port.memory + RX_BUFFERS_OFFSET + SLOT(guest->rx_head) * VPIO_GUEST_BUFFER_BYTES, length);
        post_receive(guest, guest->rx_head);
        guest->rx_head++;
        ring_doorbell(guest, VPIO_NIC_REG_RX_TAIL, guest->rx_head + VPIO_GUEST_RING_ENTRIES);
        if ((flags & VPIO_NIC_DESCRIPTOR_DONE) && length > 0)
            return length;
    }
}
