extension Relay {
    /// Puts a launch at the end of its lane; if the lane was empty, it is its turn.
    mutating func enterLane(_ id: LaunchID) {
        let key = launches[id].planned.lane
        launches[id].links.isLinked = true
        guard var lane = lanes[key] else {
            launches[id].links.countsDelivery = true
            lanes[key] = Lane(head: id, tail: id, load: 1)
            return begin(turnOf: id)
        }
        if launches[lane.tail].delivery != launches[id].delivery {
            launches[id].links.countsDelivery = true
            lane.load += 1
        }
        launches[lane.tail].links.next = id
        launches[id].links.previous = lane.tail
        lane.tail = id
        lanes[key] = lane
    }

    /// Takes a launch out of its lane; whoever was behind the first one has its turn.
    mutating func leaveLane(_ id: LaunchID) {
        let links = launches[id].links
        guard links.isLinked else { return }
        uncount(id)
        launches[id].links = LaneLinks()
        if let previous = links.previous { launches[previous].links.next = links.next }
        if let next = links.next { launches[next].links.previous = links.previous }
        let key = launches[id].planned.lane
        switch (links.previous, links.next) {
        case (nil, nil): lanes[key] = nil
        case (nil, let next?):
            lanes[key]?.head = next
            begin(turnOf: next)
        case (let previous?, nil): lanes[key]?.tail = previous
        case (_?, _?): break
        }
    }

    /// Takes a launch out of its lane's load; the next launch of the same delivery stands in for it.
    mutating func uncount(_ id: LaunchID) {
        guard launches[id].links.countsDelivery else { return }
        launches[id].links.countsDelivery = false
        if let next = launches[id].links.next, let delivery = launches[id].delivery,
            launches[next].delivery == delivery, !launches[next].links.countsDelivery
        {
            launches[next].links.countsDelivery = true
        } else {
            lanes[launches[id].planned.lane]?.load -= 1
        }
    }

    /// Lets a launch that is first in its lane take its turn.
    private mutating func begin(turnOf id: LaunchID) {
        guard launches[id].state == .queued else { return }
        move(id, to: .ready)
        ready.append(id, launches[id].planned.policy.priority)
    }

    /// Changes where a launch is, and the counts with it.
    mutating func move(_ id: LaunchID, to state: LaunchState) {
        census.move(from: launches[id].state, to: state)
        launches[id].state = state
    }
}
