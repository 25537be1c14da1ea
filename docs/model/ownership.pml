/*
 * The ownership protocol of one device, as hypervisor/Vpio.Hypervisor/Ownership has it: one step for each shared access.
 * A comment "C#: <file>: <text> -- <note>" quotes the line that a step mirrors. README.md has the table and how to run this.
 *
 *   GUESTS, GRABS   guests, and how often each asks for the device
 *   ALWAYS_QUEUE    no guest only tries
 *   CANCEL          a guest that waits may cancel, at any time
 *   POLICY_STOP     a grace ends, at any time, and the owner is stopped; without it and the next, grace never ends
 *   POLICY_DETACH   a grace ends, at any time, and the owner loses the device and goes on
 *   HOG             a guest that is asked to release may refuse to
 *   STOP, RESUME    domain 0 stops one guest, whichever and whenever; and resumes it
 *   BARRED          it quarantines the guest instead: calls go on, and own nothing
 *   PLUG            the device is unplugged and plugged in again, at any time
 *   PREFER          something arrives for a guest, whichever and whenever, as often as there are guests: it is preferred
 *   BYPASS          grants past a waiter are counted (rule 4)
 *   FOREVER         guests ask without end; for what must happen at last
 *   COARSE          a scan of the wait set is one look, not two, and so is a guest that wakes and looks
 *   BUG_...         one planted bug
 */
#ifndef GUESTS
#define GUESTS 2
#endif
#ifndef GRABS
#define GRABS 1
#endif

#if defined(POLICY_STOP) || defined(POLICY_DETACH)
#define TIMEOUT
#endif
/* Where no guest is ever marked, what only looks at marks is no step. */
#if defined(POLICY_STOP) || defined(STOP)
#define MARKS
#define IsMarked(guest) (marks & Bit(guest))
#else
#define IsMarked(guest) false
#endif
#ifdef STOP
#define STOPS 1
#else
#define STOPS 0
#endif
#ifdef PLUG
#define PLUGS 1
#else
#define PLUGS 0
#endif
#ifdef PREFER
#define PREFERRERS 1
#else
#define PREFERRERS 0
#endif
/* The timer and the reaper end with the others. */
#define THREADS_THAT_END (GUESTS + STOPS + PLUGS + PREFERRERS)
#define THREADS 8
#define MOST_PASSED (2 * GUESTS - 1)

/* The state word: state in bits 0-2, owner in 3-5 (0 for nobody), generation above. Numbered as in DeviceState. */
#define FREE 0
#define OWNED 1
#define REVOKING 2
#define RECLAIMING 3
#define OFFLINE 4
#define Word(state, owner, generation) ((state) | ((owner) << 3) | ((generation) << 6))
#define StateOf(w) ((w) & 7)
#define OwnerOf(w) (((w) >> 3) & 7)
#define GenerationOf(w) ((w) >> 6)
#define IsHeld(w) (StateOf(w) == OWNED || StateOf(w) == REVOKING)
#define With(w, state) (((w) & ~7) | (state))
#define WithoutOwner(w, state) (((w) & ~63) | (state))

/*
 * Generations are compared for equality only. With guests that end they count, and their growth is asserted. With FOREVER the
 * number itself is left out: `kept` says of each thread whether the word that it keeps is of the present generation, and the next
 * generation takes that from all others. As if 40 bits never ran out, in few states.
 */
#ifdef BUG_NO_GENERATION
#define NextGeneration(w) GenerationOf(w)
#else
#ifdef FOREVER
#define NextGeneration(w) 1
#else
#define NextGeneration(w) (GenerationOf(w) + 1)
#endif
#endif
#define NextGrant(w, state, owner) Word(state, owner, NextGeneration(w))
#define Renewed(w, state) Word(state, 0, NextGeneration(w))

#define me (_pid + 1)

/* Outcomes of a grab, and of a cancel. */
#define TAKEN 1
#define QUEUED 2
#define BUSY 3
#define ALREADY_OWNED 4
#define GONE 5
#define STOPPED 6
#define LEFT 1
#define NOT_QUEUED 2
#define GRANTED 3

#define Bit(guest) (1 << ((guest) - 1))
#define Following(set, guest) ((set) & (15 << (guest)))
#define After(set, guest) (Following(set, guest) -> Lowest(Following(set, guest)) : Lowest(set))
#define Lowest(set) ((set) & 1 -> 1 : ((set) & 2 -> 2 : ((set) & 4 -> 3 : ((set) & 8 -> 4 : 0))))

/* Shared memory. */
short word = Word(FREE, 0, 1);   /* the state word */
byte waiting;                    /* the wait set, one word of it */
byte marks;                      /* a bit for each guest: it may own nothing any more */
byte context;                    /* whose context is loaded; Switch and ResetContext go with its stores */
byte lastOwner;                  /* who was granted in turn last; touched only with the device in hand, so never a step of its own */
#ifdef PREFER
byte preferred;                  /* a bit for each guest: it is granted next, out of turn */
byte outOfTurn;                  /* the generation that was granted out of turn last; touched only with the device in hand */
#endif
short timed;                     /* what the slice clock times; 0 for nothing */
byte calls;                      /* a bit for each guest: a call of it is under way (the call gate) */
byte granted;                    /* events that a guest has not looked at yet: GRANTED ... */
byte gone;                       /* ... and REMOVED or RESET: what it waited for or had is gone */
byte halted;                     /* the lives of guests: stopped, not resumed */
byte stopping;                   /* a stop of it is under way */
byte reaping;                    /* the timer stopped it, and the reaper is to do the rest */

/*
 * What the steps below are made of. An exchange is a d_step that begins with IsStill and ends with the next word.
 *
 * C#: DeviceOwnership.cs: public StateWord State => new(TMemory.Load(ref _state.Word)); -- `word` */
/* C#: DeviceOwnership.cs: TMemory.CompareExchange(ref _state.Word, next.Value, expected.Value) == expected.Value; -- IsStill(expected), word = next */
/* C#: WaitSet.cs: public bool Add(DomainId guest) => (TMemory.Or(ref _words[WordOf(guest)], BitOf(guest)) & BitOf(guest)) == 0; -- waiting | Bit(guest) */
/* C#: WaitSet.cs: public bool TryClaim(DomainId guest) => (TMemory.And(ref _words[WordOf(guest)], ~BitOf(guest)) & BitOf(guest)) != 0; -- ClearBit(guest) */
/* C#: WaitSet.cs: public bool Contains(DomainId guest) => (TMemory.Load(ref _words[WordOf(guest)]) & BitOf(guest)) != 0; -- waiting & Bit(guest) */
/* C#: WaitSet.cs: if (TMemory.Load(ref _words[i]) != 0) -- Any: waiting != 0 */
/* C#: WaitSet.cs: ulong word = TMemory.Load(ref _words[i]); -- AnyBesides: waiting & ~Bit(guest) */
/* C#: GuestMarks.cs: public bool IsSet(DomainId guest) => TMemory.Load(ref _marks[guest.Value - 1]) != (ulong)GuestMark.None; -- IsMarked(guest) */

/*
 * Each thread keeps in `mine` a word that it saw, for an exchange to come; 0 when there is none. The other locals are: `next`, the
 * guest that a granter has in view, or a former owner; `outcome`, of a grab or a cancel; `left`, whether a bit was taken out.
 */
#ifdef FOREVER
bit kept[THREADS];
#define Keep(w) mine = w; kept[_pid] = (mine != 0)
#define IsStill(w) (word == (w) && kept[_pid])
#define IsTimed(w) (timed == (w) && kept[_pid])
#else
#define Keep(w) mine = w
#define IsStill(w) (word == (w))
#define IsTimed(w) (timed == (w))
#endif

/* Ghosts: they record, and nothing but assertions reads them. */
byte running = THREADS_THAT_END;         /* threads that have something to do still, the timer aside */
byte inHand;                     /* the thread that has the device in RECLAIMING, plus one */
byte holder;                     /* who was granted the device, and has not lost it yet */
byte ownership;                  /* how many were granted: the number of the present one */
byte lastGeneration = 1;         /* the newest that was published as OWNED */
byte timedOwnership;             /* the one that the slice clock times */
#ifdef PREFER
bit wasOutOfTurn;                /* the last grant was */
#endif
byte entitled;                   /* guests that wait, or were claimed by a granter that has not published yet */
#ifdef FOREVER
#define Notice(waiters) skip
#define NobodyIsPassed true
#else
byte before[GUESTS];             /* who waits since a grab looked at the word */
#define Notice(waiters) before[_pid] = waiters
#define NobodyIsPassed (!(before[_pid] & waiting))
#endif
#ifdef BYPASS
byte passes[GUESTS + 1];         /* who was granted since this guest waits */
byte passed[GUESTS + 1];         /* and how many times any other was */
#endif

/* No thread keeps a word of the generation that begins. */
inline GenerationBegins()
{
#ifdef FOREVER
#ifdef PREFER
    outOfTurn = 0;
#endif
    timed = 0;
    kept[0] = 0;
    kept[1] = 0;
    kept[2] = 0;
    kept[3] = 0;
    kept[4] = 0;
    kept[5] = 0;
    kept[6] = 0;
    kept[7] = 0
#else
    skip
#endif
}

/* The word names the owner, and `mine` is not the word yet. */
inline OwnershipBegins(guest)
{
    GenerationBegins();
    assert(holder == 0);                                    /* rule 1: one owner */
    assert(context == guest);                               /* rule 7: its context is loaded */
#ifndef FOREVER
#ifndef BUG_NO_GENERATION
    assert(GenerationOf(word) > lastGeneration);            /* rule 1: a generation has one owner, and they grow */
#endif
    lastGeneration = GenerationOf(word);
    ownership++;
#endif
    holder = guest;
#ifdef BYPASS
    index = 1;
    do
    :: index > GUESTS -> break
    :: index <= GUESTS ->
        if
        :: index != guest && (waiting & Bit(index)) ->
            passed[index]++;
#ifdef PREFER
            assert(passed[index] <= MOST_PASSED)            /* rule 4, with one grant out of turn before each in turn */
#else
            assert(!(passes[index] & Bit(guest)));          /* rule 4: nobody is granted twice past a waiter */
            passes[index] = passes[index] | Bit(guest)
#endif
        :: else -> skip
        fi;
        index++
    od;
    passes[guest] = 0;
    passed[guest] = 0;
    index = 0
#endif
}

inline InTurn()
{
#ifdef PREFER
    wasOutOfTurn = 0
#else
    skip
#endif
}

inline OwnershipEnds(held)
{
    assert(holder == OwnerOf(held));                        /* rule 2: it had not ended before */
    holder = 0
}

/* With the exchange that takes the device in hand, one step. */
inline Reclaim(held)
{
#ifdef PREFER
    if                                                      /* C#: DeviceOwnership.Release.cs: if (TMemory.Load(ref _outOfTurn) != held.Generation.Value) */
    :: outOfTurn != GenerationOf(held) -> lastOwner = OwnerOf(held)
    :: else -> skip
    fi
#else
    lastOwner = OwnerOf(held)                               /* C#: DeviceOwnership.Release.cs: TMemory.Store(ref _lastOwner, held.Owner.Value); */
#endif
}

inline TakenInHand()
{
    assert(inHand == 0);                                    /* one thread has the device in hand */
    inHand = _pid + 1
}

/* C#: DeviceOwnership.cs: TMemory.Exchange(ref _state.Word, next.Value); */
inline Publish(next_)
{
    assert(StateOf(word) == RECLAIMING && inHand == _pid + 1);
    word = next_
}

inline LetGo()
{
    inHand = 0
}

/* A bit that is cleared is the guest's that waits no more. */
inline ClearBit(guest)
{
    waiting = waiting & ~Bit(guest)
#ifndef FOREVER
    ; before[0] = before[0] & ~Bit(guest)
    ; before[1] = before[1] & ~Bit(guest)
#if GUESTS > 2
    ; before[2] = before[2] & ~Bit(guest)
#endif
#if GUESTS > 3
    ; before[3] = before[3] & ~Bit(guest)
#endif
#endif
}

/* SliceClock.StartSlice: under its lock, so one step. */
inline StartSlice(owned)
{
    if
    :: !IsTimed(owned) && IsStill(owned) -> timed = owned; timedOwnership = ownership
    :: else -> skip
    fi
}

/* ---- DeviceOwnership.Release.cs, and what ends by force ---- */

/* `mine` is an ownership, as OWNED. Afterwards it is the word RECLAIMING(none, n), with the device in hand, or 0: it had ended. */
inline TryEnd()
{
    if
    :: d_step {                                             /* C#: DeviceOwnership.Release.cs: if (!TryReplace(held, reclaiming)) */
        IsStill(mine) ->
        OwnershipEnds(mine);
        TakenInHand();
        Reclaim(mine);
        Keep(WithoutOwner(mine, RECLAIMING));
        word = mine
      }
    :: !IsStill(mine) ->
        if
        :: d_step {                                         /* C#: DeviceOwnership.Release.cs: if (!TryReplace(held, reclaiming)) */
            IsStill(With(mine, REVOKING)) ->
            OwnershipEnds(mine);
            TakenInHand();
            Reclaim(mine);
            Keep(WithoutOwner(mine, RECLAIMING));
            word = mine
          }
        :: d_step { !IsStill(With(mine, REVOKING)) -> Keep(0) }
        fi
    fi
}

inline Discard()
{
    d_step {                                                /* C#: DeviceOwnership.Stop.cs: TMemory.Store(ref _context, DomainId.InvalidValue); */
        assert(StateOf(word) == RECLAIMING && inHand == _pid + 1);
        context = 0
    }
}

/* C#: DeviceOwnership.Grant.cs: private void SwitchContext(DomainId from, DomainId to) */
inline SwitchContext(to)
{
    d_step {                                                /* C#: DeviceOwnership.Grant.cs: TMemory.Store(ref _context, to.Value); */
        assert(StateOf(word) == RECLAIMING && inHand == _pid + 1);
        context = to                                        /* C#: DeviceOwnership.cs: private DomainId LoadedContext => new((ushort)TMemory.Load(ref _context)); -- stored only with the device in hand */
    }
}

inline GrantAfterReset()
{
    Discard();
#ifdef BUG_NOBODY_WOKEN_AFTER_A_STOP
    d_step { Publish(WithoutOwner(mine, FREE)); LetGo(); Keep(0) }
#else
    GrantNextOrFree()                                       /* C#: DeviceOwnership.Stop.cs: GrantNextOrFree(reclaiming); */
#endif
}

/* ---- DeviceOwnership.Prefer.cs ---- */

#ifdef BUG_PREFERRED_EVERY_TIME
#define MayBeOutOfTurn true
#else
#define MayBeOutOfTurn (outOfTurn != GenerationOf(mine))
#endif

/* C#: DeviceOwnership.Prefer.cs: DomainId last = new((ushort)TMemory.Load(ref _lastOwner)); -- with each look at the sets */
inline TryFindNext()
{
#ifdef PREFER
    if                                                      /* C#: DeviceOwnership.Prefer.cs: outOfTurn = _waiting.TryFindAfter(last, _preferred, out next) && mayBeOutOfTurn; */
    :: d_step { preferred != 0 -> also = preferred };       /* C#: WaitSet.cs: ulong word = TMemory.Load(ref also._words[i]); */
        d_step {                                            /* C#: WaitSet.cs: return word == 0 || also == this ? word : word & TMemory.Load(ref _words[i]); */
            next = After(waiting & also, lastOwner);
            also = 0
        }
    :: preferred == 0 -> skip
    fi;
    if                                                      /* C#: DeviceOwnership.Prefer.cs: bool mayBeOutOfTurn = TMemory.Load(ref _outOfTurn) != reclaiming.Generation.Value; */
    :: d_step { next != 0 && MayBeOutOfTurn -> inTurn = 0 }
    :: d_step { next == 0 || !MayBeOutOfTurn -> next = 0; inTurn = 1 };
        FindInTurn()                                        /* C#: DeviceOwnership.Prefer.cs: return outOfTurn || _waiting.TryFindAfter(last, out next); */
    fi
#else
    FindInTurn()
#endif
}

inline FindInTurn()
{
#ifdef COARSE
    d_step { next = After(waiting, lastOwner) }             /* C#: WaitSet.cs: ulong word = InBoth(also, i); */
#else
    if
    :: d_step { Following(waiting, lastOwner) -> next = Lowest(Following(waiting, lastOwner)) }     /* C#: WaitSet.cs: ulong word = InBoth(also, i); */
    :: !Following(waiting, lastOwner) ->
        d_step { next = Lowest(waiting) }                   /* the same line, for what lies before the start */
    fi
#endif
}

inline EndPreference(guest)
{
#ifdef PREFER
    if                                                      /* C#: DeviceOwnership.Prefer.cs: if (_preferred.Contains(guest)) */
    :: preferred & Bit(guest) ->
        d_step { preferred = preferred & ~Bit(guest) }      /* C#: DeviceOwnership.Prefer.cs: _preferred.TryClaim(guest); */
    :: !(preferred & Bit(guest)) -> skip
    fi
#else
    skip
#endif
}

/* ---- DeviceOwnership.Grant.cs ---- */

/* The device is in hand, and `mine` is the word RECLAIMING(none, n). */
inline GrantNextOrFree()
{
    do
    ::  TryFindNext();                                      /* C#: DeviceOwnership.Grant.cs: while (TryFindNext(reclaiming, out DomainId next, out bool outOfTurn)) */
        if
        :: next != 0 ->
#ifdef BUG_CLAIMED_BEFORE_NAMED
            if
            :: d_step { waiting & Bit(next) -> ClearBit(next) };
                d_step { Publish(NextGrant(mine, RECLAIMING, next)) };
#else
            d_step { Publish(NextGrant(mine, RECLAIMING, next)) };  /* C#: DeviceOwnership.Grant.cs: Publish(reclaiming.NextGrant(DeviceState.Reclaiming, next)); */
            if
            :: d_step { waiting & Bit(next) -> ClearBit(next) };    /* C#: DeviceOwnership.Grant.cs: if (Leave(next)) */
#endif
                EndPreference(next);                        /* C#: DeviceOwnership.Grant.cs: EndPreference(next); */
                SwitchContext(next);                        /* C#: DeviceOwnership.Grant.cs: SwitchContext(LoadedContext, next); */
                d_step {                                    /* C#: DeviceOwnership.Grant.cs: StateWord owned = Publish(reclaiming.NextGrant(DeviceState.Owned, next)); */
                    Publish(With(word, OWNED));
                    LetGo();
                    entitled = entitled & ~Bit(next);
                    OwnershipBegins(next);
#ifdef PREFER
                    if                                      /* C#: DeviceOwnership.Grant.cs: TMemory.Store(ref _outOfTurn, reclaiming.Generation.Next.Value); */
                    :: !inTurn ->
                        assert(!wasOutOfTurn);              /* rule 4: one out of turn between two in turn */
                        wasOutOfTurn = 1;
                        outOfTurn = GenerationOf(word)
                    :: else -> wasOutOfTurn = 0
                    fi;
                    inTurn = 0;
#endif
                    Keep(word)
                };
                if
#ifndef BUG_MARK_NOT_LOOKED_AT
                :: d_step { IsMarked(next) -> next = 0 };        /* C#: DeviceOwnership.Grant.cs: if (_marks.IsSet(next)) */
                    TryEnd();
                    if
                    :: mine != 0 -> Discard()
                    :: mine == 0 -> break
                    fi
#endif
                :: !IsMarked(next) ->
                    if                                      /* C#: DeviceOwnership.Grant.cs: if (_waiting.AnyBesides(next)) */
                    :: waiting & ~Bit(next) ->
                        d_step {
                            StartSlice(mine);               /* C#: DeviceOwnership.Grant.cs: _effects.StartSlice(owned); */
                            granted = granted | Bit(next);
                            next = 0;
                            Keep(0)
                        }
                    :: d_step { !(waiting & ~Bit(next)) -> granted = granted | Bit(next); next = 0; Keep(0) }
                    fi;
                    break
                fi
            :: d_step { !(waiting & Bit(next)) -> next = 0 };
#ifndef BUG_CLAIMED_BEFORE_NAMED
                d_step { Publish(mine) }                    /* C#: DeviceOwnership.Grant.cs: Publish(reclaiming); */
#endif
            fi
        :: next == 0 ->
            d_step {                                        /* C#: DeviceOwnership.Grant.cs: Publish(reclaiming.WithoutOwner(DeviceState.Free)); */
                Publish(WithoutOwner(mine, FREE));
                LetGo()
            };
            if                                              /* C#: DeviceOwnership.Grant.cs: while (_waiting.Any() && TryReplace(reclaiming.WithoutOwner(DeviceState.Free), reclaiming)); */
#ifdef BUG_NO_SECOND_LOOK_AFTER_FREE
            :: d_step { Keep(0) }; break
#else
            :: waiting != 0 ->
                if
                :: d_step { IsStill(WithoutOwner(mine, FREE)) -> word = mine; TakenInHand() }
                :: d_step { !IsStill(WithoutOwner(mine, FREE)) -> Keep(0) }; break
                fi
            :: d_step { waiting == 0 -> Keep(0) }; break
#endif
            fi
        fi
    od;
    skip
}

/* `mine` is a FREE word. */
inline TryGrantFrom()
{
    if                                                      /* C#: DeviceOwnership.Grant.cs: if (TryReplace(free, reclaiming)) */
    :: d_step { IsStill(mine) -> TakenInHand(); Keep(WithoutOwner(mine, RECLAIMING)); word = mine };
        GrantNextOrFree()                                   /* C#: DeviceOwnership.Grant.cs: GrantNextOrFree(reclaiming); */
    :: d_step { !IsStill(mine) -> Keep(0) }
    fi
}

/* The granter's second look after an uncontended grant. `mine` is the ownership. */
inline Settle()
{
    if
    :: IsMarked(me) ->                                      /* C#: DeviceOwnership.Grant.cs: if (_marks.IsSet(owned.Owner)) */
        TryEnd();                                           /* C#: DeviceOwnership.Grant.cs: if (TryTakeBack(owned, out StateWord reclaiming)) */
        if
        :: mine != 0 -> Discard(); GrantNextOrFree()
        :: mine == 0 -> skip
        fi;
        outcome = STOPPED
    :: !IsMarked(me) ->
        if                                                  /* C#: DeviceOwnership.Grant.cs: if (_waiting.AnyBesides(owned.Owner)) */
        :: waiting & ~Bit(me) ->
            d_step { StartSlice(mine); outcome = TAKEN }    /* C#: DeviceOwnership.Grant.cs: _effects.StartSlice(owned); */
        :: d_step { !(waiting & ~Bit(me)) -> outcome = TAKEN }
        fi
    fi
}

/* ---- DeviceOwnership.Grab.cs ---- */

inline Grab()
{
    do
    :: if                                                   /* C#: DeviceOwnership.Grab.cs: StateWord seen = State; */
       :: d_step { StateOf(word) == OFFLINE -> outcome = GONE }; break
       :: d_step { OwnerOf(word) == me && IsHeld(word) -> outcome = ALREADY_OWNED }; break
       :: OwnerOf(word) == me && !IsHeld(word) ->
            if                                              /* C#: DeviceOwnership.Grab.cs: if (_waiting.Contains(guest)) */
            :: d_step { (waiting & Bit(me)) && queue -> outcome = QUEUED }; break
            :: d_step { (waiting & Bit(me)) && !queue -> outcome = ALREADY_OWNED }; break
            :: !(waiting & Bit(me)) -> skip                 /* C#: DeviceOwnership.Grab.cs: TMemory.Pause(turn); */
            fi
       :: d_step { StateOf(word) == FREE -> Keep(word); Notice(waiting) };
#ifndef BUG_BARGING
            if                                              /* C#: DeviceOwnership.Grab.cs: if (_waiting.Any()) */
            :: d_step { waiting != 0 -> Notice(0) };
                TryGrantFrom()                              /* C#: DeviceOwnership.Grab.cs: TryGrantFrom(free); */
            :: waiting == 0 ->
#else
            if
            :: true ->
#endif
                TryTake();
                if
                :: outcome != 0 -> break
                :: outcome == 0 -> skip
                fi
            fi
       :: OwnerOf(word) != me && StateOf(word) != OFFLINE && StateOf(word) != FREE ->
            if
            :: queue -> Join()
            :: !queue -> outcome = BUSY
            fi;
            if
            :: outcome != 0 -> break
            :: outcome == 0 -> skip
            fi
       fi
    od;
    skip
}

/* `mine` is a FREE word. */
inline TryTake()
{
    d_step { next = context };                              /* C#: DeviceOwnership.Grab.cs: DomainId context = LoadedContext; */
    if
    :: next == me ->
        next = 0;
        if
        :: d_step {                                         /* C#: DeviceOwnership.Grab.cs: if (!TryReplace(free, owned)) */
            IsStill(mine) ->
            assert(NobodyIsPassed);                         /* rule 3: no barging */
#ifndef BUG_LOAD_THEN_STORE
            word = NextGrant(mine, OWNED, me);
            OwnershipBegins(me); InTurn();
            Keep(word);
#endif
            Notice(0)
          };
#ifdef BUG_LOAD_THEN_STORE
            d_step { word = NextGrant(mine, OWNED, me); OwnershipBegins(me); InTurn(); Keep(word) };
#endif
            EndPreference(me);                              /* C#: DeviceOwnership.Grab.cs: EndPreference(guest); */
            Settle()                                        /* C#: DeviceOwnership.Grab.cs: return Settle(owned) ? GrabOutcome.Owned : GrabOutcome.Stopped; */
        :: d_step { !IsStill(mine) -> Keep(0); Notice(0) }
        fi
    :: next != me ->
        if
        :: d_step {                                         /* C#: DeviceOwnership.Grab.cs: if (!TryReplace(free, owned.With(DeviceState.Reclaiming))) */
            IsStill(mine) ->
            assert(NobodyIsPassed);
            TakenInHand();
            assert(context == next);                        /* the context to save is what was looked at */
            word = NextGrant(mine, RECLAIMING, me);
            Keep(0);
            Notice(0);
            next = 0
          };
            SwitchContext(me);                              /* C#: DeviceOwnership.Grab.cs: SwitchContext(context, guest); */
            d_step {                                        /* C#: DeviceOwnership.Grab.cs: Publish(owned); */
                Publish(With(word, OWNED));
                LetGo();
                OwnershipBegins(me); InTurn();
                Keep(word)
            };
            EndPreference(me);
            Settle()
        :: d_step { !IsStill(mine) -> Keep(0); Notice(0); next = 0 }
        fi
    fi
}

inline Join()
{
    if                                                      /* C#: DeviceOwnership.Grab.cs: if (_waiting.Add(guest)) */
    :: d_step {
        !(waiting & Bit(me)) ->
        waiting = waiting | Bit(me);
        entitled = entitled | Bit(me)
#ifdef BYPASS
        ; passes[me] = 0; passed[me] = 0
#endif
      };
#ifdef BUG_NO_SECOND_LOOK_AFTER_QUEUEING
        outcome = QUEUED
#else
        LookAgain()
#endif
    :: d_step { waiting & Bit(me) -> outcome = QUEUED }
    fi
}

/* The joiner's second look. */
inline LookAgain()
{
    if
    :: IsMarked(me) ->                                      /* C#: DeviceOwnership.Grab.cs: if (_marks.IsSet(guest)) */
        Leave();                                            /* C#: DeviceOwnership.Grab.cs: Leave(guest); */
        outcome = STOPPED
    :: !IsMarked(me) ->
        if                                                  /* C#: DeviceOwnership.Grab.cs: StateWord seen = State; */
#ifdef BUG_NAMED_TAKES_BACK
        :: OwnerOf(word) == me ->
#else
        :: OwnerOf(word) == me && IsHeld(word) ->           /* C#: DeviceOwnership.Grab.cs: TMemory.Pause(turn); -- a look that sees its name in RECLAIMING is no step */
#endif
            Leave();                                        /* C#: DeviceOwnership.Grab.cs: return Leave(guest) ? null : GrabOutcome.Queued; */
            if
            :: left == 1 -> left = 0
            :: left == 0 -> outcome = QUEUED
            fi
        :: StateOf(word) == OFFLINE ->
            Leave();                                        /* C#: DeviceOwnership.Grab.cs: return Leave(guest) ? GrabOutcome.Offline : GrabOutcome.Queued; */
#ifdef BUG_GRANT_TAKEN_FOR_OFFLINE
            left = 0;
            outcome = GONE
#else
            if
            :: left == 1 -> left = 0; outcome = GONE
            :: left == 0 -> outcome = QUEUED
            fi
#endif
        :: d_step { StateOf(word) == FREE -> Keep(word) };
            TryGrantFrom();                                 /* C#: DeviceOwnership.Grab.cs: TryGrantFrom(seen); */
            outcome = QUEUED
        :: d_step { StateOf(word) == OWNED && OwnerOf(word) != me -> Keep(word) };
            d_step { StartSlice(mine); Keep(0); outcome = QUEUED } /* C#: DeviceOwnership.Grab.cs: _effects.StartSlice(seen); */
        :: d_step { OwnerOf(word) != me && (StateOf(word) == REVOKING || StateOf(word) == RECLAIMING) -> outcome = QUEUED }
        fi
    fi
}

/* The guest takes its own bit out; `left` says whether this did. */
inline Leave()
{
    if                                                      /* C#: DeviceOwnership.Grab.cs: bool left = _waiting.TryClaim(guest); */
    :: d_step { waiting & Bit(me) -> ClearBit(me); entitled = entitled & ~Bit(me); left = 1 }
    :: d_step { !(waiting & Bit(me)) -> left = 0 }
    fi
}

/* ---- DeviceOwnership.Cancel.cs ---- */

inline Cancel()
{
    do
    ::  Leave();                                            /* C#: DeviceOwnership.Cancel.cs: if (Leave(guest)) */
        if
        :: left == 1 -> left = 0; outcome = LEFT; break
        :: left == 0 ->
            if                                              /* C#: DeviceOwnership.Cancel.cs: StateWord seen = State; */
            :: d_step {
                OwnerOf(word) != me ->
                assert(!(entitled & Bit(me)));              /* rule 9: no grant follows */
                outcome = NOT_QUEUED
              }; break
            :: d_step { OwnerOf(word) == me && IsHeld(word) -> outcome = GRANTED; Keep(With(word, OWNED)) }; break
            :: OwnerOf(word) == me && !IsHeld(word) -> skip /* C#: DeviceOwnership.Cancel.cs: TMemory.Pause(turn); */
            fi
        fi
    od;
    skip
}

/* C#: DeviceOwnership.Release.cs: public ReleaseOutcome Release(DomainId guest, Generation generation) */
inline Release()
{
#ifdef BUG_JOINER_IGNORED
    /* Looks at the waiters before it gives the device up, and never after. */
    if
    :: waiting == 0 ->
        if
        :: d_step { IsStill(mine) -> OwnershipEnds(mine); lastOwner = me; word = WithoutOwner(mine, FREE); Keep(0) }
        :: d_step { !IsStill(mine) -> Keep(0) }
        fi
    :: waiting != 0 ->
#endif
    TryEnd();
    if
    :: mine != 0 -> GrantNextOrFree()                       /* C#: DeviceOwnership.Release.cs: GrantNextOrFree(reclaiming); */
    :: mine == 0 -> skip
    fi
#ifdef BUG_JOINER_IGNORED
    fi
#endif
}

/* ---- a guest ---- */

/* The call gate: a call is counted before it looks at the mark. */
inline EnterCall()
{
#ifdef MARKS
    d_step { calls = calls | Bit(me) };                     /* C#: CallGate.cs: TMemory.Add(ref _calls[counter], 1); */
#ifndef BARRED
    if                                                      /* C#: GuestMarks.cs: public bool IsStopped(DomainId guest) => TMemory.Load(ref _marks[guest.Value - 1]) == (ulong)GuestMark.Stopped; */
    :: d_step { marks & Bit(me) -> calls = calls & ~Bit(me); outcome = STOPPED }
    :: !(marks & Bit(me)) -> skip
    fi
#endif
#else
    skip
#endif
}

inline LeaveCall()
{
#ifdef MARKS
    d_step { calls = calls & ~Bit(me) }                     /* C#: CallGate.cs: public void Leave(int counter) => TMemory.Add(ref _calls[counter], ulong.MaxValue); */
#else
    skip
#endif
}

active [GUESTS] proctype Guest()
{
    byte grabs = GRABS;
    short mine;
    byte next;
    bit inTurn;
    byte also;
    byte outcome;
    byte index;
    bit queue;
    bit left;

asks:
    if
    :: grabs == 0 -> goto ends
    :: grabs > 0 -> skip
    fi;
#ifndef FOREVER
    grabs--;
#endif
    if
    :: queue = 1
#ifndef ALWAYS_QUEUE
    :: queue = 0
#endif
    fi;
    EnterCall();
    if
    :: outcome == STOPPED -> goto refused
    :: outcome != STOPPED -> skip
    fi;
    Grab();
    queue = 0;
    LeaveCall();
    if
    :: outcome == TAKEN -> outcome = 0; goto holds
    :: outcome == QUEUED -> outcome = 0; goto waits
    :: outcome == BUSY || outcome == GONE || outcome == ALREADY_OWNED -> outcome = 0; goto asks
    :: outcome == STOPPED -> goto refused
    fi;

waits:
    if
#ifdef COARSE
    :: d_step { (granted & Bit(me)) && IsHeld(word) && OwnerOf(word) == me -> granted = granted & ~Bit(me); Keep(With(word, OWNED)) }; goto holds
    :: d_step { (granted & Bit(me)) && !(IsHeld(word) && OwnerOf(word) == me) -> granted = granted & ~Bit(me) }; goto waits
#else
    :: d_step { granted & Bit(me) -> granted = granted & ~Bit(me) };
        if
        :: d_step { IsHeld(word) && OwnerOf(word) == me -> Keep(With(word, OWNED)) }; goto holds
        :: !(IsHeld(word) && OwnerOf(word) == me) -> goto waits
        fi
#endif
#if defined(MARKS) && !defined(BARRED)
    :: marks & Bit(me) -> goto refused
#endif
#if defined(PLUG) || defined(RESUME) || defined(BARRED) || defined(POLICY_DETACH)
    :: d_step { gone & Bit(me) -> gone = gone & ~Bit(me) }; goto cancels
#endif
#ifdef CANCEL
    :: true -> goto cancels
#endif
    fi;

cancels:
    EnterCall();
    if
    :: outcome == STOPPED -> goto refused
    :: outcome != STOPPED -> skip
    fi;
    Cancel();
    LeaveCall();
    if
    :: outcome == LEFT || outcome == NOT_QUEUED -> outcome = 0; goto asks
    :: outcome == GRANTED -> outcome = 0; goto holds
    fi;

holds:                                                      /* or believes so: `mine` is its ownership */
#ifdef HOG
    if
    :: IsStill(With(mine, REVOKING)) -> !IsStill(With(mine, REVOKING))
    :: true -> skip
    fi;
#endif
    EnterCall();
    if
    :: outcome == STOPPED -> goto refused
    :: outcome != STOPPED -> skip
    fi;
    Release();
    LeaveCall();
    goto asks;

refused:
    skip;
    d_step { Keep(0); outcome = 0 };
#ifdef RESUME
    if
    :: !(marks & Bit(me)) -> goto asks
    :: true -> skip
    fi;
#endif

ends:
    skip;
    d_step { running--; grabs = 0 }
}

/* ---- Eviction.cs and DeviceOwnership.Stop.cs ---- */

/* C#: Eviction.cs: marks.Set(guest.Id, mark); */
inline Mark(guest)
{
    d_step { marks = marks | Bit(guest) }                   /* C#: GuestMarks.cs: public void Set(DomainId guest, GuestMark mark) => TMemory.Or(ref _marks[guest.Value - 1], (ulong)mark); */
}

inline TakeWhatItHas(guest)
{
    !(calls & Bit(guest));                                  /* C#: Eviction.cs: guest.Calls.Drain(); */
#ifndef BUG_NOT_DEQUEUED
    d_step {                                                /* C#: DeviceOwnership.Stop.cs: Leave(guest); */
        if
        :: waiting & Bit(guest) -> ClearBit(guest); entitled = entitled & ~Bit(guest)
        :: else -> skip
        fi
    };
    EndPreference(guest);                                   /* C#: DeviceOwnership.Stop.cs: EndPreference(guest); */
#endif
    Strip(guest)                                            /* C#: Eviction.cs: device.Strip(guest.Id); */
}

inline Strip(guest)
{
    do                                                      /* C#: DeviceOwnership.Stop.cs: StateWord seen = State; */
    :: d_step { IsHeld(word) && OwnerOf(word) == guest -> Keep(With(word, OWNED)) };
        TryEnd();                                           /* C#: DeviceOwnership.Stop.cs: if (!TryEnd(seen.With(DeviceState.Owned), out StateWord reclaiming)) */
        if
        :: mine != 0 -> GrantAfterReset(); break            /* C#: DeviceOwnership.Stop.cs: GrantAfterReset(reclaiming, guest); */
        :: mine == 0 -> skip
        fi
    :: d_step { StateOf(word) == FREE -> Keep(word) };
        if
        :: context == guest ->                              /* C#: DeviceOwnership.Stop.cs: if (seen.State == DeviceState.Free && LoadedContext == guest) */
            if                                              /* C#: DeviceOwnership.Stop.cs: StateWord reclaiming = seen.Renewed(DeviceState.Reclaiming); */
            :: d_step {                                     /* C#: DeviceOwnership.Stop.cs: if (!TryReplace(seen, reclaiming)) */
                IsStill(mine) ->
                TakenInHand();
#ifdef BUG_STRIPPED_WITHOUT_A_NEW_GENERATION
                word = WithoutOwner(mine, RECLAIMING);
#else
                word = Renewed(mine, RECLAIMING);
                GenerationBegins();
#endif
                Keep(word)
              };
                GrantAfterReset();
                break
            :: d_step { !IsStill(mine) -> Keep(0) }
            fi
        :: d_step { context != guest -> Keep(0) }; break
        fi
    :: StateOf(word) == OFFLINE || (IsHeld(word) && OwnerOf(word) != guest) -> break
                                                            /* C#: DeviceOwnership.Stop.cs: TMemory.Pause(turn); -- a look that sees RECLAIMING is no step */
    od;
    skip
}

/* ---- the timer: DeviceOwnership.Revoke.cs, with SharedDevice.SliceUsedUp, GraceUsedUp and ForcedStop.StopOwner around it ---- */

inline ForgetTimed()
{
    if
    :: IsTimed(mine) -> timed = 0
    :: else -> skip
    fi;
    Keep(0)
}

/* `mine` is the word that was timed. */
inline TryRevoke()
{
    if
    :: d_step { !IsStill(mine) -> ForgetTimed() }             /* C#: DeviceOwnership.Revoke.cs: if (State != owned) */
    :: IsStill(mine) ->
        if
        :: !(waiting & ~Bit(OwnerOf(mine))) ->              /* C#: DeviceOwnership.Revoke.cs: if (!_waiting.AnyBesides(owned.Owner)) */
            d_step {                                        /* SliceClock.Forget */
                if
                :: IsTimed(mine) -> timed = 0
                :: else -> skip
                fi
            };
            if
            :: waiting & ~Bit(OwnerOf(mine)) -> d_step { StartSlice(mine); Keep(0) }
            :: d_step { !(waiting & ~Bit(OwnerOf(mine))) -> Keep(0) }
            fi
        :: waiting & ~Bit(OwnerOf(mine)) ->
            if
#ifdef BUG_REVOKE_BY_STORE
            :: d_step {
                true -> word = With(mine, REVOKING)
#ifndef TIMEOUT
                ; ForgetTimed()
#endif
              }
#else
            :: d_step {                                     /* C#: DeviceOwnership.Revoke.cs: return TryReplace(owned, owned.With(DeviceState.Revoking)) ? RevokeOutcome.Begun : RevokeOutcome.AlreadyGone; */
                IsStill(mine) ->
                assert(ownership == serial);                /* the timer stops the ownership that it timed */
                word = With(mine, REVOKING)
#ifndef TIMEOUT
                ; ForgetTimed()                             /* a grace that never ends is not timed */
#endif
              }
#endif
#ifdef TIMEOUT
                ;
                d_step {                                    /* SliceClock.StartGrace */
                    if
                    :: IsStill(With(mine, REVOKING)) -> timed = word
                    :: else ->
                        if
                        :: IsTimed(mine) -> timed = 0
                        :: else -> skip
                        fi
                    fi;
                    Keep(0)
                }
#endif
#ifndef BUG_REVOKE_BY_STORE
            :: d_step { !IsStill(mine) -> ForgetTimed() }
#endif
            fi
        fi
    fi
}

#ifdef TIMEOUT
/* `mine` is the word that was timed. */
inline TryTimeOut()
{
    if
    :: d_step {                                             /* C#: DeviceOwnership.Revoke.cs: public bool TryTimeOut(StateWord revoking) => TryReplace(revoking, revoking.WithoutOwner(DeviceState.Reclaiming)); */
        IsStill(mine) ->
#ifndef BUG_TIMEOUT_BY_STORE
        assert(ownership == serial);
        OwnershipEnds(mine);
        TakenInHand();
        word = WithoutOwner(mine, RECLAIMING);
#endif
        victim = OwnerOf(mine);
        Reclaim(mine);                                      /* C#: DeviceOwnership.Revoke.cs: Reclaim(revoking); */
        if
        :: IsTimed(mine) -> timed = 0
        :: else -> skip
        fi;
        Keep(WithoutOwner(mine, RECLAIMING))
      };
#ifdef BUG_TIMEOUT_BY_STORE
        d_step { holder = 0; TakenInHand(); word = mine };
#endif
#ifdef POLICY_STOP
        StopOwner()
#else
        GrantAfterReset();                                  /* C#: DeviceOwnership.Revoke.cs: GrantAfterReset(revoking.WithoutOwner(DeviceState.Reclaiming), revoking.Owner); */
        d_step { gone = gone | Bit(victim); victim = 0 }    /* RESET */
#endif
    :: d_step { !IsStill(mine) -> ForgetTimed() }
    fi
}

/* ForcedStop.StopOwner: marked, then granted on, and the rest left to the reaper. A stop that domain 0 began first does it all. */
inline StopOwner()
{
    if
    :: d_step { !(halted & Bit(victim)) -> halted = halted | Bit(victim); stopping = stopping | Bit(victim) };
        Mark(victim);
        GrantAfterReset();
        d_step { reaping = reaping | Bit(victim); victim = 0 }
    :: halted & Bit(victim) ->
        GrantAfterReset();
        victim = 0
    fi
}
#endif

active proctype Timer()
{
    short mine;
    byte next;
    bit inTurn;
    byte also;
    byte victim;
    byte serial;
    byte index;

    do
    :: d_step { StateOf(timed) == OWNED -> Keep(timed); serial = timedOwnership };
        TryRevoke();
        serial = 0
#ifdef TIMEOUT
    :: d_step { StateOf(timed) == REVOKING -> Keep(timed); serial = timedOwnership };
        TryTimeOut();
        serial = 0
#endif
    :: d_step {
        running == 0 && reaping == 0 && stopping == 0 ->
        assert(StateOf(word) == FREE || StateOf(word) == OFFLINE);
        assert(waiting == 0 && entitled == 0);              /* rule 8: nobody is left behind */
        assert(holder == 0 && inHand == 0);
        assert(context == 0 || !(marks & Bit(context)))     /* rule 8: and nothing of a stopped guest on the device */
      };
        break
    od
}

#ifdef POLICY_STOP
/* Does the rest of the stops that the timer began. */
active proctype Reaper()
{
    short mine;
    byte next;
    byte victim;
    byte index;
    bit inTurn;
    byte also;

end:
    do
    :: d_step { reaping != 0 -> victim = Lowest(reaping); reaping = reaping & ~Bit(victim) };
        TakeWhatItHas(victim);
        d_step { stopping = stopping & ~Bit(victim); victim = 0 }
    od
}
#endif

#ifdef STOP
/* Stops one guest, whichever and whenever, or quarantines it. */
active proctype DomainZero()
{
    short mine;
    byte next;
    byte victim;
    byte index;
    bit inTurn;
    byte also;

    if
    :: victim = 1
    :: victim = 2
#if GUESTS > 2
    :: victim = 3
#endif
    fi;
    if
    :: d_step { !(halted & Bit(victim)) -> halted = halted | Bit(victim); stopping = stopping | Bit(victim) };
        Mark(victim);
        TakeWhatItHas(victim);
        d_step {
            stopping = stopping & ~Bit(victim)
#ifdef BARRED
            ; gone = gone | Bit(victim)                     /* RESET */
#endif
        }
    :: halted & Bit(victim) -> skip
    fi;
#ifdef RESUME
    d_step {                                                /* GuestLife: a resume waits for the stops, and changes nothing before */
        (halted & Bit(victim)) && !(stopping & Bit(victim)) ->
        marks = marks & ~Bit(victim);                       /* C#: GuestMarks.cs: public void Clear(DomainId guest) => TMemory.Exchange(ref _marks[guest.Value - 1], (ulong)GuestMark.None); */
        halted = halted & ~Bit(victim);
        gone = gone | Bit(victim)
    };
#endif
    d_step { running--; victim = 0 }
}
#endif

#ifdef PLUG
/* ---- DeviceOwnership.Plug.cs ---- */

active proctype Plug()
{
    short mine;
    byte next;
    bit inTurn;
    byte also;
    byte former;

    /* Unplug. */
    do                                                      /* C#: DeviceOwnership.Plug.cs: StateWord seen = State; */
    :: d_step { StateOf(word) == FREE || IsHeld(word) -> Keep(word) };
        if
        :: d_step {                                         /* C#: DeviceOwnership.Plug.cs: if (!TryReplace(seen, reclaiming)) */
            IsStill(mine) ->
            TakenInHand();
            if                                              /* C#: DeviceOwnership.Plug.cs: Reclaim(seen); */
            :: IsHeld(mine) -> OwnershipEnds(mine); Reclaim(mine); former = OwnerOf(mine)
            :: else -> skip
            fi;
            Keep(WithoutOwner(mine, RECLAIMING));
            word = mine
          }; break
        :: d_step { !IsStill(mine) -> Keep(0) }
        fi
                                                            /* C#: DeviceOwnership.Plug.cs: TMemory.Pause(turn); -- a look that sees RECLAIMING is no step */
    od;
    Discard();                                              /* C#: DeviceOwnership.Plug.cs: Discard(LoadedContext); */
    d_step {                                                /* C#: DeviceOwnership.Plug.cs: Publish(reclaiming.WithoutOwner(DeviceState.Offline)); */
        Publish(WithoutOwner(mine, OFFLINE));
        LetGo();
        Keep(0)
    };
    d_step {
        if
        :: former != 0 -> gone = gone | Bit(former); former = 0
        :: else -> skip
        fi
    };
    do
    :: d_step { waiting != 0 -> next = Lowest(waiting) };   /* C#: DeviceOwnership.Plug.cs: while (_waiting.TryFindAfter(DomainId.Invalid, out DomainId waiter)) */
        if                                                  /* C#: DeviceOwnership.Plug.cs: if (Leave(waiter)) */
        :: d_step { waiting & Bit(next) -> ClearBit(next); entitled = entitled & ~Bit(next) };
            d_step { gone = gone | Bit(next); next = 0 }
        :: d_step { !(waiting & Bit(next)) -> next = 0 }
        fi
    :: waiting == 0 -> break
    od;

    /* Plug, or leave it at that. */
    if
    :: d_step { true -> Keep(word) };                      /* C#: DeviceOwnership.Plug.cs: StateWord offline = State; */
        d_step {                                            /* C#: DeviceOwnership.Plug.cs: && TryReplace(offline, offline.Renewed(DeviceState.Free)); */
            assert(IsStill(mine));
#ifdef BUG_PLUGGED_WITHOUT_A_NEW_GENERATION
            word = WithoutOwner(mine, FREE);
#else
            word = Renewed(mine, FREE);
            GenerationBegins();
#endif
            Keep(0)
        }
    :: true -> skip
    fi;
    d_step { running-- }
}
#endif

#ifdef PREFER
/* Something arrives for a guest. C#: DeviceOwnership.Prefer.cs: public void Prefer(DomainId guest) */
active proctype Arrivals()
{
    byte arrivals = GUESTS;

    do
    :: arrivals > 0 ->
        if                                                  /* C#: DeviceOwnership.Prefer.cs: if (_preferred.Add(guest) && _waiting.Contains(guest)) */
        :: d_step { preferred = preferred | Bit(1) }
        :: d_step { preferred = preferred | Bit(2) }
#if GUESTS > 2
        :: d_step { preferred = preferred | Bit(3) }
#endif
        fi;
#ifndef FOREVER
        arrivals--
#endif
    :: arrivals == 0 -> break
    od;
    skip;
    d_step { running-- }
}
#endif

#ifdef FOREVER
/* No guest waits for ever, and no revocation goes on for ever. */
ltl served { [] (Guest[0]@waits -> <> !(Guest[0]@waits)) }
ltl revoked { [] (StateOf(word) == REVOKING -> <> (StateOf(word) != REVOKING)) }
#endif
