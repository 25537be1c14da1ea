using Vpio.Abi;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Is the ownership protocol of one device: every transition of its state word, lock-free, over the words and effects it is given.</summary>
/// <remarks>
/// <code>
///          grab, own context loaded                slice used up and someone waits
///  FREE ─────────────────────────► OWNED(g,n+1) ──────────────────────► REVOKING(g,n+1)
///   │ ▲                             ▲   │ release                          │ release, grace used up,
///   │ │ nobody waits                │   ▼                                  │ guest or device gone: one wins
///   │ └─────────────── RECLAIMING(none,n+1) ◄──────────────────────────────┘
///   │                               │   │ a waiter is named, then claimed
///   │ grab, other context loaded    │   ▼
///   └──────────► RECLAIMING(next,n+2): save, restore ──► OWNED(next,n+2) + GRANTED
/// </code>
/// Only the winner of an exchange to RECLAIMING works on the device, and only it leaves that state: everything between
/// is exclusive, without a lock, because nobody waits for it but cancel, grab by the named guest, and unplug.
/// One protocol a file: Grab, Cancel, Release, Grant, Prefer, Revoke, Stop, Plug. Source: <c>docs/ownership.md</c>.
/// </remarks>
internal sealed partial class DeviceOwnership<TMemory, TEffects>
    where TMemory : struct, IWordMemory
    where TEffects : struct, IOwnershipEffects
{
    private readonly WordPointer _state;
    private readonly WaitSet<TMemory> _waiting;
    private readonly GuestMarks<TMemory> _marks;
    private readonly TEffects _effects;

    // Both are written only in RECLAIMING, by whoever is exclusive there, and read with the word that was published after.
    [SharedWord]
    private ulong _context = DomainId.InvalidValue;

    [SharedWord]
    private ulong _lastOwner = DomainId.InvalidValue;

    /// <summary>Rules over a device that is offline.</summary>
    /// <param name="state">Its state word.</param>
    /// <param name="marks">The marks of all guests.</param>
    /// <param name="effects">What happens around the transitions.</param>
    public DeviceOwnership(WordPointer state, GuestMarks<TMemory> marks, TEffects effects)
    {
        _state = state;
        _marks = marks;
        _effects = effects;
        _waiting = new WaitSet<TMemory>();
        _preferred = new WaitSet<TMemory>();
    }

    /// <summary>Makes room for a guest before it can first ask for the device.</summary>
    /// <param name="guest">The guest. Who is preferred is looked for where the waiters are, and needs no room of its own.</param>
    public void Admit(DomainId guest) =>
        _waiting.Admit(guest);

    /// <summary>Gets the guests that wait for the device.</summary>
    public WaitSet<TMemory> Waiting => _waiting;

    /// <summary>Reads the state word.</summary>
    public StateWord State => new(TMemory.Load(ref _state.Word));

    // ORDER full: what was done to the device before is seen with the word. Pairs with Volatile.Read in DeviceSlot.ReadState.
    private bool TryReplace(StateWord expected, StateWord next) =>
        TMemory.CompareExchange(ref _state.Word, next.Value, expected.Value) == expected.Value;

    /// <summary>Leaves RECLAIMING, which the caller alone may do, so that nothing can have changed the word meanwhile.</summary>
    private StateWord Publish(StateWord next)
    {
        TMemory.Exchange(ref _state.Word, next.Value);
        return next;
    }

    private DomainId LoadedContext => new((ushort)TMemory.Load(ref _context));
}
